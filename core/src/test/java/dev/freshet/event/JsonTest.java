package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class JsonTest {
  @Test
  void parse_spacedText_isCompactOnOneLine() {
    Json json = Json.parse("\r\n{ \"a\" : [ 1 ,\n 2 ] ,\t\"b\" : { } }\n");
    assertThat(json.toString()).isEqualTo("{\"a\":[1,2],\"b\":{}}");
    assertThat(json.length()).isEqualTo(json.utf8().length);
  }

  @Test
  void parse_lineBreaksInStrings_stayEscaped_A5() {
    assertThat(Json.parse("\"a\\nb\\r\\u0000\"").toString()).isEqualTo("\"a\\nb\\r\\u0000\"");
    assertThat(Json.from(Map.of("k", "a\nb\rc\0")).utf8()).doesNotContain('\n', '\r', 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9007199254740993", "-0.1e-30", "123456789012345678901234567890", "1.0"})
  void parse_numberOfAnySize_keepsItsValue(String number) {
    assertThat(Json.parse(number).node().decimalValue()).isEqualByComparingTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.10",
        "0.1",
        "123456789012345678901234567890",
        "1E+400",
        "[1.0,1]",
        "\"ü€😀\"",
        "null",
        "true"
      })
  void parse_values_keepTheirText(String text) {
    assertThat(Json.parse(text).toString()).isEqualTo(text);
    assertThat(Json.parse(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(Json.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{}{}",
        "1 2",
        "[1,]",
        "{a:1}",
        "'a'",
        "NaN",
        "undefined",
        "nul",
        "{\"a\":1,\"a\":2}",
        "\"a\nb\"",
        "01",
        "// c\n1"
      })
  void parse_notOneValue_isRefused(String text) {
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void parse_malformedUtf8_isRefused() {
    assertThatThrownBy(() -> Json.parse(new byte[] {'"', (byte) 0xC3, (byte) 0x28, '"'}))
        .isInstanceOf(JacksonException.class);
  }

  private record Point(int x, List<String> names) {}

  @Test
  void from_record_isReadBack() {
    Point point = new Point(1, List.of("a"));
    assertThat(Json.from(point).toString()).isEqualTo("{\"x\":1,\"names\":[\"a\"]}");
    assertThat(Json.from(point).as(Point.class)).isEqualTo(point);
    assertThat(Json.of(Json.from(point).node()))
        .isEqualTo(Json.from(point))
        .hasSameHashCodeAs(Json.from(point));
  }
}

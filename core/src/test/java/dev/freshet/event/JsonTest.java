package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class JsonTest {
  @Test
  void parse_withSpaceAndLineEnds_isCompact_A5() {
    assertThat(Json.parse("{ \"a\" :\r\n [1, 2.50 ,null] }")).hasToString("{\"a\":[1,2.50,null]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9007199254740993", "-0.1e-30", "123456789012345678901234567890", "1.0"})
  void parse_numberOfAnySize_keepsItsValue(String number) {
    assertThat(Json.parse(number).node().decimalValue()).isEqualByComparingTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "nul", "1 2", "[1,]", "{\"a\":1,\"a\":2}", "'a'"})
  void parse_notOneJsonValue_isRefused(String text) {
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JacksonException.class);
  }
}

package dev.freshet.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freshet.application.Problem.Invalid;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ValidatorTest {
  private static final Router ROUTER =
      new Router(
          ApiDocument.load(
                  "test", Objects.requireNonNull(ValidatorTest.class.getResource("routes.yaml")))
              .routes());

  private static JsonNode query(String query) {
    return check("GET", query, Map.of("x-needed", "n"), "");
  }

  private static JsonNode body(String type, String body) {
    return check("POST", "", Map.of("content-type", type), body);
  }

  private static JsonNode check(
      String method, String query, Map<String, String> headers, String body) {
    return Validator.check(
        (Match.Found) ROUTER.match(method, "/things"),
        Percent.query(query),
        name -> headers.get(name.toLowerCase(Locale.ROOT)),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Invalid> errors(Runnable check) {
    return catchThrowableOfType(HttpProblem.class, check::run).errors();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "limit=1",
        "ratio=0.5",
        "deep=true",
        "tag=a&tag=b",
        "ids=a,b",
        "other=x",
        "limit=10&&"
      })
  void query_asDescribed_passes(String query) {
    assertThat(query(query)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0,limit",
    "limit=11,limit",
    "limit=ten,limit",
    "limit=1.5,limit",
    "limit=1e1,limit",
    "limit=123456789012345678901234567890,limit",
    "limit=,limit",
    "limit=1e999,limit",
    "ratio=much,ratio",
    "deep=yes,deep",
    "tag=a&tag=long,tag/1",
    "'ids=a,b,c',ids",
  })
  void query_notAsDescribed_namesThePlace_R1(String query, String place) {
    assertThat(errors(() -> query(query)))
        .extracting(Invalid::in, Invalid::pointer)
        .contains(org.assertj.core.groups.Tuple.tuple("query", place));
  }

  @Test
  void header_missingOrWrong_isNamed() {
    assertThat(errors(() -> check("GET", "", Map.of(), "")))
        .containsExactly(new Invalid("header", "X-Needed", "is required"));
    assertThat(errors(() -> check("GET", "", Map.of("x-needed", "y"), ""))).hasSize(1);
  }

  @Test
  void body_asDescribed_isRead() {
    assertThat(
            body("application/json", "{\"name\":\"a\",\"parent\":{\"name\":\"b\"}}")
                .path("name")
                .asString())
        .isEqualTo("a");
    assertThat(body("Application/JSON; charset=\"UTF-8\"", "{\"name\":\"a\"}")).isNotNull();
  }

  @Test
  void lines_areReadEach_andTheWrongOneNamed() {
    assertThat(body("application/x-ndjson", "{\"name\":\"a\"}\r\n\n{\"name\":\"b\"}\n")).hasSize(2);
    assertThat(errors(() -> body("application/x-ndjson", "{\"name\":\"a\"}\n{\"name\":1}")))
        .extracting(Invalid::pointer)
        .containsExactly("/1/name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|''",
        "{\"name\":\"\"}|/name",
        "{\"name\":null}|/name",
        "{\"name\":\"a\",\"count\":\"1\"}|/count",
        "{\"name\":\"a\",\"parent\":{\"name\":\"b\",\"parent\":[]}}|/parent/parent",
        "{\"name\":\"a\",\"colour\":1}|''",
        "[]|''",
        "7|''",
        "null|''",
      })
  void body_notAsDescribed_namesThePlace(String body, String pointer) {
    assertThat(errors(() -> body("application/json", body)))
        .extracting(Invalid::pointer)
        .contains(pointer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"name\":}",
        "{\"name\":\"a\"}x",
        "{'name':'a'}",
        "nul",
        "{\"name\":\"a\n\"}",
        "[1,]",
        " "
      })
  void body_malformed_isRefused(String body) {
    assertThat(code(() -> body("application/json", body))).isEqualTo(ErrorCode.MALFORMED_JSON);
    assertThat(code(() -> body("application/x-ndjson", "{\"name\":\"a\"}\n" + body + "x")))
        .isEqualTo(ErrorCode.MALFORMED_JSON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|the JSON ends before it is complete (line 1, column 2)",
        "{\"name\":}|the JSON has a character that may not stand there (line 1, column 9)",
        "{\"name\":1,\"name\":2}|an object of the JSON names a member twice (line 1, column 18)",
        "{} 7|something follows the JSON value (line 1, column 4)",
        "NaN|the text is not JSON (line 1, column 4)",
      })
  void body_malformed_isDescribedInWordsOfJson_R4(String body, String detail) {
    assertThat(problem(() -> body("application/json", body)).detail()).isEqualTo(detail);
  }

  @Test
  void body_nestedTooDeep_isDescribedInWordsOfJson_R4() {
    assertThat(problem(() -> body("application/json", "[".repeat(100_000))).detail())
        .startsWith("the JSON is nested too deep");
  }

  @Test
  void body_wrongAsAWhole_isCalledTheBody() {
    assertThat(problem(() -> body("application/json", "")).detail())
        .isEqualTo("the body is required");
    assertThat(problem(() -> body("application/json", "{}")).detail())
        .isEqualTo("the body lacks the required property 'name'");
    assertThat(problem(() -> body("application/json", "7")).detail())
        .isEqualTo("the body is of type integer, not object");
  }

  @Test
  void body_lackingAMember_namesIt() {
    assertThat(errors(() -> body("application/json", "{\"parent\":{}}")))
        .contains(Invalid.lacks("body", "", "name"), Invalid.lacks("body", "/parent", "name"));
  }

  @Test
  void body_encoded_isRefused() {
    Map<String, String> headers =
        Map.of("content-type", "application/json", "content-encoding", "gzip");
    assertThat(code(() -> check("POST", "", headers, "{\"name\":\"a\"}")))
        .isEqualTo(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "", "application/json; charset=latin1", "application/xml", "json"})
  void body_ofAnotherType_isRefused(String type) {
    assertThat(code(() -> body(type, "{\"name\":\"a\"}")))
        .isEqualTo(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void body_missing_isRefused() {
    assertThat(errors(() -> body("application/json", "")))
        .containsExactly(new Invalid("body", "", "is required"));
  }

  @Test
  void body_wrongEverywhere_listsABoundedNumberOfPlaces_R1() {
    String lines = "{}\n".repeat(1000);
    assertThat(errors(() -> body("application/x-ndjson", lines))).hasSizeLessThanOrEqualTo(20);
  }

  /** A short text that stands for a number of a billion digits. */
  @Test
  void number_huge_costsNothing_R1() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThat(
                    errors(() ->
                        body("application/json", "{\"name\":\"a\",\"count\":1e999999999,\"x\":1}")))
                .isNotEmpty());
  }

  private static HttpProblem problem(Runnable check) {
    return catchThrowableOfType(HttpProblem.class, check::run);
  }

  private static ErrorCode code(Runnable check) {
    return problem(check).code();
  }
}

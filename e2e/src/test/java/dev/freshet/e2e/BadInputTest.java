package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.freshet.server.auth.Identity;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What clients get wrong: a clear answer, a counted metric, the server unharmed (R1, R4, A4, A5).
 */
class BadInputTest {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "limits.body",
          "1MiB",
          "limits.event",
          "64KiB",
          "limits.batch",
          "100",
          "limits.patterns",
          "4");

  private static final String EVENTS = "/v1/events";
  private static final String JSON = "application/json";

  private static TestServer server;
  private static TestClient client;

  @BeforeAll
  static void start() {
    server = TestServer.start(SETTINGS);
    client = server.client(server.token("acme", "me", List.of("**"), List.of("**")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void serverStillServes() {
    assertThat(client.post(EVENTS, "{\"topic\":\"ok\",\"type\":\"x\"}").statusCode())
        .isEqualTo(201);
  }

  private static Arguments publish(String body, int status, String code) {
    return arguments(
        (Function<TestClient, HttpResponse<String>>) c -> c.post(EVENTS, body), status, code);
  }

  private static Arguments publish(String type, String body, int status, String code) {
    return arguments(
        (Function<TestClient, HttpResponse<String>>)
            c -> c.post(EVENTS, body, "Content-Type", type),
        status,
        code);
  }

  private static Arguments get(String path, int status, String code, String... headers) {
    return arguments(
        (Function<TestClient, HttpResponse<String>>) c -> c.get(path, headers), status, code);
  }

  private static Arguments event(String topic, String type, String code) {
    return publish("{\"topic\":" + topic + ",\"type\":" + type + "}", 422, code);
  }

  static Stream<Arguments> bodies() {
    String deep = "[".repeat(200) + "]".repeat(200);
    String abyss = "[".repeat(100_000);
    return Stream.of(
        publish("{", 400, "malformed_json"),
        publish("{\"topic\":\"a\",\"type\":\"x\"}}", 400, "malformed_json"),
        publish("{\"topic\":\"a\",\"type\":\"x\",\"data\":NaN}", 400, "malformed_json"),
        publish("{\"topic\":\"a\",\"type\":\"x\ny\"}", 400, "malformed_json"),
        publish(abyss, 400, "malformed_json"),
        publish("", 422, "invalid_request"),
        publish("null", 422, "invalid_request"),
        publish("[]", 422, "invalid_request"),
        publish("{}", 422, "invalid_request"),
        publish("{\"topic\":1,\"type\":\"x\"}", 422, "invalid_request"),
        publish("{\"topic\":\"a\",\"type\":[]}", 422, "invalid_request"),
        publish("{\"topic\":\"a\",\"type\":\"x\",\"end\":\"yes\"}", 422, "invalid_request"),
        publish("{\"topic\":\"a\",\"type\":\"x\",\"id\":\"7\"}", 422, "invalid_request"),
        publish("{\"topic\":\"a\",\"type\":\"x\",\"time\":\"yesterday\"}", 422, "invalid_request"),
        publish(
            "{\"topic\":\"a\",\"type\":\"x\",\"time\":\"1969-01-01T00:00:00Z\"}",
            422,
            "invalid_request"),
        publish("{\"topic\":\"a\",\"type\":\"x\",\"data\":" + deep + "}", 422, "invalid_request"),
        publish("[{\"topic\":\"a\",\"type\":\"x\"},7]", 422, "invalid_request"),
        publish("text/plain", "{}", 415, "unsupported_media_type"),
        publish("application/json; charset=utf-16", "{}", 415, "unsupported_media_type"),
        publish(
            "application/x-ndjson",
            "{\"topic\":\"a\",\"type\":\"x\"}\nnonsense",
            400,
            "malformed_json"),
        publish(
            "application/cloudevents+json",
            "{\"topic\":\"a\",\"type\":\"x\"}",
            422,
            "invalid_request"),
        publish(
            "application/cloudevents+json",
            "{\"specversion\":\"0.3\",\"id\":\"1\",\"source\":\"s\",\"type\":\"x\",\"subject\":\"a\"}",
            422,
            "invalid_request"),
        publish(
            "application/cloudevents+json",
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"x\",\"subject\":\"a\",\"data_base64\":\"AA==\"}",
            422,
            "invalid_request"));
  }

  static Stream<Arguments> names() {
    return Stream.of(
        event("\"\"", "\"x\"", "invalid_topic"),
        event("\"a b\"", "\"x\"", "invalid_topic"),
        event("\"a//b\"", "\"x\"", "invalid_topic"),
        event("\"/a\"", "\"x\"", "invalid_topic"),
        event("\"a/*\"", "\"x\"", "invalid_topic"),
        event("\"a\\r\\nid: 1\"", "\"x\"", "invalid_topic"),
        event("\"a\\u0000\"", "\"x\"", "invalid_topic"),
        event("\"" + "a".repeat(513) + "\"", "\"x\"", "invalid_topic"),
        event("\"" + "a/".repeat(16) + "a\"", "\"x\"", "invalid_topic"),
        event("\"a\"", "\"\"", "invalid_type"),
        event("\"a\"", "\"x\\ny\"", "invalid_type"),
        event("\"a\"", "\"x\\ry\"", "invalid_type"),
        event("\"a\"", "\"x\\u0000y\"", "invalid_type"),
        event("\"a\"", "\"x\\u2028y\"", "invalid_type"),
        event("\"a\"", "\"" + "x".repeat(129) + "\"", "invalid_type"),
        event("\"a\"", "\"message\"", "reserved_type"),
        event("\"a\"", "\"heartbeat\"", "reserved_type"),
        event("\"a\"", "\"stream.end\"", "reserved_type"),
        event("\"a\"", "\"state.update\"", "reserved_type"),
        event("\"a\"", "\"resource.stale\"", "reserved_type"));
  }

  static Stream<Arguments> sizes() {
    String big = "\"" + "x".repeat(65_535) + "\"";
    String batch = "{\"topic\":\"a\",\"type\":\"x\"}\n".repeat(101);
    return Stream.of(
        publish("{\"topic\":\"a\",\"type\":\"x\",\"data\":" + big + "}", 413, "event_too_large"),
        publish("application/x-ndjson", batch, 413, "batch_too_large"),
        publish("\"" + "x".repeat(10_000_000) + "\"", 413, "body_too_large"),
        arguments(
            (Function<TestClient, HttpResponse<String>>) c -> c.put("/v1/state/a", big),
            413,
            "event_too_large"),
        get("/v1/stream?topic=a&topic=b&topic=c&topic=d&topic=e", 422, "too_many_topics"),
        get("/v1/stream?topic=a&type=a&type=b&type=c&type=d&type=e", 422, "too_many_topics"),
        get("/v1/session", 431, "header_too_large", "X-Long", "x".repeat(20_000)),
        get("/" + "x".repeat(9_000), 431, "header_too_large"));
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        get("/v1/stream", 422, "invalid_request"),
        get("/v1/stream?topic=", 422, "invalid_pattern"),
        get("/v1/stream?topic=a%20b", 422, "invalid_pattern"),
        get("/v1/stream?topic=a/**/b", 422, "invalid_pattern"),
        get("/v1/stream?topic=a%0d%0ab", 422, "invalid_pattern"),
        get("/v1/stream?topic=a&type=x%00", 422, "invalid_type"),
        get("/v1/stream?topic=a&type=" + "x".repeat(129), 422, "invalid_type"),
        get("/v1/stream?topic=a", 406, "not_acceptable", "Accept", "text/html"),
        get("/v1/stream?topic=a&limit=0", 422, "invalid_request", "Accept", JSON),
        get("/v1/stream?topic=a&limit=ten", 422, "invalid_request", "Accept", JSON),
        get(
            "/v1/stream?topic=a&limit=99999999999999999999",
            422,
            "invalid_request",
            "Accept",
            JSON),
        get("/v1/stream?topic=a&wait=31", 422, "invalid_request", "Accept", JSON),
        get("/v1/state/a%20b", 422, "invalid_topic"),
        get("/v1/state/a/*", 422, "invalid_topic"),
        get("/v1/state/%00", 422, "invalid_topic"),
        get("/v1/state/", 404, "not_found"),
        get("/v2/stream", 404, "not_found"),
        get("/v1/events", 405, "method_not_allowed"),
        get("/v1/state/a%ff", 400, "bad_request"),
        arguments(
            (Function<TestClient, HttpResponse<String>>)
                c ->
                    c.post(
                        EVENTS,
                        "{\"topic\":\"a\",\"type\":\"x\"}",
                        "Idempotency-Key",
                        "k".repeat(129)),
            422,
            "invalid_request"),
        arguments(
            (Function<TestClient, HttpResponse<String>>) c -> c.put("/v1/state/a?end=perhaps", "1"),
            422,
            "invalid_request"),
        arguments(
            (Function<TestClient, HttpResponse<String>>)
                c -> c.put("/v1/state/a", "1", "Freshet-Cause-Id", "x".repeat(257)),
            422,
            "invalid_request"));
  }

  @ParameterizedTest
  @MethodSource({"bodies", "names", "sizes", "requests"})
  void request_bad_isAnsweredAndCounted_R1(
      Function<TestClient, HttpResponse<String>> request, int status, String code) {
    double before = problems(code);
    check(request.apply(client), status, code);
    assertThat(problems(code)).isEqualTo(before + 1);
  }

  private static void check(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    JsonNode problem = json(answer);
    assertThat(problem.path("code").asString()).isEqualTo(code);
    assertThat(problem.path("type").asString()).isEqualTo("urn:freshet:problem:" + code);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asString()).isNotBlank();
    assertThat(problem.path("detail").asString())
        .isNotBlank()
        .hasSizeLessThan(1000)
        .doesNotContain("Exception");
  }

  private static double problems(String code) {
    return server.metric("freshet_problems_total{code=\"" + code + "\"}");
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("freshet")
        .audience("freshet")
        .subject("me")
        .expirationTime(Date.from(Instant.now().plusSeconds(60)))
        .claim("freshet", Map.of("tenant", "acme", "read", List.of("**")));
  }

  private static String signed(JWTClaimsSet.Builder claims) {
    return signed(JWSAlgorithm.HS256, claims);
  }

  private static String signed(JWSAlgorithm algorithm, JWTClaimsSet.Builder claims) {
    try {
      SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims.build());
      token.sign(new MACSigner(TestServer.SECRET + TestServer.SECRET));
      return token.serialize();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<Arguments> tokens() {
    Identity me = new Identity("acme", "me", List.of(), List.of());
    String good = server.token(me, Duration.ofMinutes(1));
    return Stream.of(
        arguments("", "unauthenticated", "missing"),
        arguments("nonsense", "token_invalid", "malformed"),
        arguments(good + "x", "token_invalid", "signature"),
        arguments(good.substring(0, good.lastIndexOf('.') + 1), "token_invalid", "malformed"),
        arguments(signed(claims()), "token_invalid", "signature"),
        arguments(new PlainJWT(claims().build()).serialize(), "token_invalid", "algorithm"),
        arguments(signed(JWSAlgorithm.HS512, claims()), "token_invalid", "algorithm"),
        arguments(server.token(me, Duration.ofSeconds(-1)), "token_expired", "expired"));
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void token_bad_isAnsweredAndCounted_A4(String token, String code, String reason) {
    String metric = "freshet_auth_failures_total{reason=\"" + reason + "\"}";
    double before = server.metric(metric);
    TestClient bad = server.client(token);
    check(bad.get("/v1/session"), 401, code);
    check(bad.get("/v1/stream?topic=a"), 401, code);
    assertThat(bad.get("/v1/session").headers().firstValue("www-authenticate").orElse(""))
        .startsWith("Bearer");
    assertThat(server.metric(metric)).isEqualTo(before + 3);
  }

  @ParameterizedTest
  @MethodSource("audiences")
  void token_forAnotherAudienceOrIssuer_isRefused_A4(String key, String reason) {
    try (TestServer other = TestServer.start(Map.of(key, "another"))) {
      String token = other.token("acme", "me", List.of("**"), List.of());
      assertThat(other.client(token).get("/v1/session").statusCode()).isEqualTo(200);
      check(server.client(token).get("/v1/session"), 401, "token_invalid");
      assertThat(server.metric("freshet_auth_failures_total{reason=\"" + reason + "\"}"))
          .isPositive();
    }
  }

  static Stream<Arguments> audiences() {
    return Stream.of(arguments("auth.audience", "audience"), arguments("auth.issuer", "issuer"));
  }

  @ParameterizedTest
  @MethodSource("urls")
  void token_inTheUrl_isRefusedEvenIfItIsGood_A4(String parameter) {
    String token = server.token("acme", "me", List.of("**"), List.of());
    double before = server.metric("freshet_auth_failures_total{reason=\"token_in_url\"}");
    HttpResponse<String> answer = client.get("/v1/stream?topic=a&" + parameter + "=" + token);
    check(answer, 400, "token_in_url");
    assertThat(answer.body()).doesNotContain(token);
    assertThat(server.metric("freshet_auth_failures_total{reason=\"token_in_url\"}"))
        .isEqualTo(before + 1);
  }

  static List<String> urls() {
    return List.of("token", "access_token", "authorization", "jwt", "Access_Token", "%74oken");
  }
}

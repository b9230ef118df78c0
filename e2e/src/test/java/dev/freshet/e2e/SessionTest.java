package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.code;
import static dev.freshet.testkit.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.server.auth.Identity;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions, origins and who is let in (A4). */
class SessionTest {
  private static final String LISTED = "https://app.example";
  private static final String EVENT = "{\"topic\":\"a\",\"type\":\"x\"}";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of("cors.origins", LISTED));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestClient bearer() {
    return server.client(server.token("acme", "me", List.of("a/**"), List.of("a/**")));
  }

  /** The cookie as a browser sends it. */
  private static String cookie() {
    return setCookie(bearer().post("/v1/session", "")).replaceFirst(";.*", "");
  }

  private static String setCookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("set-cookie").orElse("");
  }

  @Test
  void bearer_becomesACookieThatScriptsCannotReadAndOtherSitesCannotSend_A4() {
    var answer = bearer().post("/v1/session", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(setCookie(answer))
        .matches("freshet_session=[\\w.-]+; Path=/; Max-Age=\\d+; HttpOnly; SameSite=Strict");
    assertThat(json(answer).path("subject").asString()).isEqualTo("me");
  }

  @Test
  void cookie_reads_A4() {
    var answer = server.stranger().get("/v1/session", "Cookie", "other=1; " + cookie());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("read")).hasToString("[\"a/**\"]");
    assertThat(json(answer).path("expiresAt").asString()).endsWith("Z");
  }

  @Test
  void cookie_writesOnlyFromOwnOrListedOrigins_A4() {
    String cookie = cookie();
    assertThat(write("Cookie", cookie).statusCode()).isEqualTo(403);
    assertThat(code(write("Cookie", cookie, "Origin", "https://evil.example")))
        .isEqualTo("origin_refused");
    assertThat(code(write("Cookie", cookie, "Origin", "null"))).isEqualTo("origin_refused");
    assertThat(write("Cookie", cookie, "Origin", LISTED).statusCode()).isEqualTo(201);
    assertThat(write("Cookie", cookie, "Origin", server.url()).statusCode()).isEqualTo(201);
    assertThat(server.metric("freshet_auth_failures_total{reason=\"origin\"}"))
        .isGreaterThanOrEqualTo(3);
  }

  private static HttpResponse<String> write(String... headers) {
    return server.stranger().post("/v1/events", EVENT, headers);
  }

  @Test
  void bearer_fromAnyOrigin_writes_A4() {
    assertThat(bearer().post("/v1/events", EVENT, "Origin", "https://evil.example").statusCode())
        .isEqualTo(201);
  }

  @Test
  void session_ended_clearsTheCookie_A4() {
    var answer = server.stranger().delete("/v1/session");
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(setCookie(answer)).startsWith("freshet_session=; Path=/; Max-Age=0");
  }

  @Test
  void code_letsInOnce_A4() {
    String code =
        server
            .server()
            .loginCodes()
            .create(new Identity("acme", "operator", List.of("**"), List.of()));
    var first = server.stranger().post("/v1/session", "{\"code\":\"" + code + "\"}");
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(json(first).path("subject").asString()).isEqualTo("operator");
    String cookie = setCookie(first).replaceFirst(";.*", "");
    assertThat(server.stranger().get("/v1/session", "Cookie", cookie).statusCode()).isEqualTo(200);
    assertThat(code(server.stranger().post("/v1/session", "{\"code\":\"" + code + "\"}")))
        .isEqualTo("token_invalid");
  }

  @Test
  void code_guessedTooOften_isRefused_R1() {
    try (TestServer other = TestServer.start(Map.of("auth.login-guesses", "2"))) {
      for (int i = 0; i < 2; i++) {
        assertThat(code(other.stranger().post("/v1/session", "{\"code\":\"guess\"}")))
            .isEqualTo("token_invalid");
      }
      var refused = other.stranger().post("/v1/session", "{\"code\":\"guess\"}");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("retry-after")).isPresent();
    }
  }

  @Test
  void origin_listed_isNamedWithCredentials_A4() {
    var answer = bearer().get("/v1/session", "Origin", LISTED);
    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains(LISTED);
    assertThat(answer.headers().firstValue("access-control-allow-credentials")).contains("true");
    assertThat(answer.headers().firstValue("vary")).contains("Origin");
    var refused = server.stranger().get("/v1/session", "Origin", LISTED);
    assertThat(refused.headers().firstValue("access-control-allow-origin"))
        .as("errors too")
        .contains(LISTED);
  }

  @Test
  void origin_notListed_isNotReflected_A4() {
    var answer = bearer().get("/v1/session", "Origin", "https://evil.example");
    assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
    assertThat(answer.headers().firstValue("vary")).contains("Origin");
  }

  @Test
  void preflight_ofAListedOrigin_isPermitted_A4() {
    var answer = preflight(LISTED);
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains(LISTED);
    assertThat(answer.headers().firstValue("access-control-allow-methods").orElse(""))
        .contains("PATCH");
    assertThat(answer.headers().firstValue("access-control-allow-headers").orElse(""))
        .contains("Last-Event-ID");
    var refused = preflight("https://evil.example");
    assertThat(refused.headers().map())
        .doesNotContainKeys("access-control-allow-origin", "access-control-allow-methods");
  }

  private static HttpResponse<String> preflight(String origin) {
    return server
        .stranger()
        .send(
            "OPTIONS",
            "/v1/events",
            BodyPublishers.noBody(),
            "Origin",
            origin,
            "Access-Control-Request-Method",
            "POST");
  }

  @Test
  void stream_toAListedOrigin_isNamedToo_A4() throws Exception {
    String token = server.token("acme", "me", List.of("a/**"), List.of());
    try (var raw = dev.freshet.testkit.RawConnection.open(server.port())) {
      raw.head(
          "GET /v1/stream?topic=a HTTP/1.1",
          "Host: x",
          "Authorization: Bearer " + token,
          "Origin: " + LISTED);
      assertThat(raw.readUntil("stream.live").toLowerCase(java.util.Locale.ROOT))
          .contains("access-control-allow-origin: " + LISTED, "vary: origin");
    }
  }
}

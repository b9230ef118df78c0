package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.code;
import static dev.freshet.testkit.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.server.auth.Identity;
import dev.freshet.testkit.RawConnection;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /v1/admin/…} (PROTOCOL §6). */
class AdministrationTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.durable(Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String token(String subject) {
    return server.token("acme", subject, List.of("**"), List.of("**"));
  }

  private static RawConnection stream(String token) throws IOException {
    RawConnection raw = RawConnection.open(server.port());
    raw.head("GET /v1/stream?topic=a/** HTTP/1.1", "Host: x", "Authorization: Bearer " + token);
    raw.readUntil("stream.live");
    return raw;
  }

  private static JsonNode connection(String subject) {
    for (JsonNode connection :
        json(server.admin().get("/v1/admin/connections")).path("connections")) {
      if (connection.path("subject").asString().equals(subject)) return connection;
    }
    throw new AssertionError("no connection of " + subject);
  }

  @Test
  void connections_areListed_andCanBeEnded() throws IOException {
    try (RawConnection stream = stream(token("viewer"))) {
      JsonNode connection = connection("viewer");
      assertThat(connection.path("topics")).hasToString("[\"a/**\"]");
      assertThat(connection.path("remoteAddress").asString()).isEqualTo("127.0.0.1");
      String id = connection.path("id").asString();
      assertThat(server.admin().delete("/v1/admin/connections/" + id).statusCode()).isEqualTo(204);
      assertThat(stream.readAll()).contains("event: stream.end", "\"reason\":\"closed\"");
      assertThat(code(server.admin().delete("/v1/admin/connections/" + id))).isEqualTo("not_found");
    }
    await()
        .untilAsserted(
            () -> assertThat(connection("viewer").path("closed").asString()).isEqualTo("closed"));
  }

  @Test
  void connections_ofOtherTenants_areNotThere_A1() throws IOException {
    String other = server.token("other", "stranger", List.of("**"), List.of());
    try (RawConnection stream = stream(other)) {
      assertThat(stream).isNotNull();
      assertThat(server.admin().get("/v1/admin/connections").body()).doesNotContain("stranger");
    }
  }

  @Test
  void topics_areListedInPages() {
    TestClient admin =
        server.client(server.token("topics", "admin", List.of("**", "$freshet/**"), List.of("**")));
    admin.post(
        "/v1/events",
        "[{\"topic\":\"b\",\"type\":\"x\"},{\"topic\":\"a/1\",\"type\":\"x\",\"end\":true}]");
    admin.put("/v1/state/c", "1");
    JsonNode first = json(admin.get("/v1/admin/topics?limit=2"));
    assertThat(first.path("more").asBoolean()).isTrue();
    assertThat(first.path("topics").findValuesAsString("topic")).containsExactly("a/1", "b");
    assertThat(first.at("/topics/0/ended").asBoolean()).isTrue();
    JsonNode second = json(admin.get("/v1/admin/topics?limit=2&after=b"));
    assertThat(second.path("topics").findValuesAsString("topic")).containsExactly("c");
    assertThat(second.at("/topics/0/version").asInt()).isEqualTo(1);
    assertThat(second.path("more").asBoolean()).isFalse();
    assertThat(json(admin.get("/v1/admin/topics?topic=a/*")).path("topics")).hasSize(1);
  }

  @Test
  void administration_withoutTheGrant_isNotThere_A1() {
    TestClient user = server.client(token("user"));
    assertThat(code(user.get("/v1/admin/connections"))).isEqualTo("not_found");
    assertThat(code(user.get("/v1/admin/topics"))).isEqualTo("not_found");
    assertThat(code(user.delete("/v1/admin/connections/1"))).isEqualTo("forbidden");
    assertThat(code(user.post("/v1/admin/revocations", "{\"subject\":\"admin\"}")))
        .isEqualTo("forbidden");
  }

  @Test
  void subject_revoked_isOutWithinASecond_andStaysOutAfterARestart_A3() throws IOException {
    String token = token("mallory");
    try (RawConnection stream = stream(token)) {
      long begin = System.nanoTime();
      assertThat(revoke("{\"subject\":\"mallory\"}")).isEqualTo(204);
      assertThat(code(server.client(token).get("/v1/session"))).isEqualTo("token_revoked");
      assertThat(stream.readAll()).contains("event: stream.end", "\"reason\":\"revoked\"");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    }
    assertThat(server.client(token("alice")).get("/v1/session").statusCode()).isEqualTo(200);
    server.restart();
    assertThat(code(server.client(token).get("/v1/session"))).isEqualTo("token_revoked");
    assertThat(server.metric("freshet_auth_failures_total{reason=\"revoked\"}")).isEqualTo(1);
  }

  @Test
  void subject_revoked_getsInWithALaterToken_A3() {
    revoke("{\"subject\":\"carol\"}");
    await().until(() -> server.client(token("carol")).get("/v1/session").statusCode() == 200);
  }

  @Test
  void token_revoked_isOutAlone_A3() throws Exception {
    String one = token("bob");
    String two = token("bob");
    String id = com.nimbusds.jwt.SignedJWT.parse(one).getJWTClaimsSet().getJWTID();
    assertThat(revoke("{\"tokenId\":\"" + id + "\"}")).isEqualTo(204);
    assertThat(code(server.client(one).get("/v1/session"))).isEqualTo("token_revoked");
    assertThat(server.client(two).get("/v1/session").statusCode()).isEqualTo(200);
  }

  @Test
  void revocation_inOneTenant_leavesTheSameSubjectOfAnother_A3() {
    revoke("{\"subject\":\"dave\"}");
    String other =
        server.token(new Identity("other", "dave", List.of(), List.of()), Duration.ofMinutes(1));
    assertThat(server.client(other).get("/v1/session").statusCode()).isEqualTo(200);
  }

  @Test
  void revocation_ofNeitherOrBoth_isRefused() {
    assertThat(revoke("{}")).isEqualTo(422);
    assertThat(revoke("{\"subject\":\"a\",\"tokenId\":\"b\"}")).isEqualTo(422);
  }

  private static int revoke(String body) {
    return server.admin().post("/v1/admin/revocations", body).statusCode();
  }
}

package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.RawConnection;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the server answers is what openapi.yaml says it answers, at every route. */
class DescriptionTest {
  private static final String EVENTS = "/v1/events";
  private static final String STATE = "/v1/state/a/1";
  private static final String PATCH = "application/json-patch+json";

  private final TestServer server = TestServer.start();
  private final TestClient admin = server.admin();
  private final TestClient user =
      server.client(server.token("acme", "me", List.of("a/**"), List.of("a/**")));
  private final Description description =
      new Description(server.stranger().get("/openapi.json").body());

  @Test
  void answers_ofEveryRoute_areAsDescribed() throws IOException {
    try (server) {
      events();
      states();
      streams();
      sessions();
      administration();
      operations();
    }
    assertThat(description.seen()).isEqualTo(description.operations());
  }

  private void events() {
    String event = "{\"topic\":\"a/1\",\"type\":\"x\"}";
    String operation = "publishEvents";
    description.check(operation, user.post(EVENTS, event, "Idempotency-Key", "k"));
    description.check(operation, user.post(EVENTS, event, "Idempotency-Key", "k"));
    description.check(operation, user.post(EVENTS, "{"));
    description.check(operation, server.stranger().post(EVENTS, event));
    description.check(operation, user.post(EVENTS, "{\"topic\":\"b\",\"type\":\"x\"}"));
    description.check(
        operation, user.post(EVENTS, event.replace("}", ",\"end\":true}").replace("a/1", "a/e")));
    description.check(operation, user.post(EVENTS, event.replace("a/1", "a/e")));
    description.check(operation, user.post(EVENTS, "\"" + "x".repeat(9 << 20) + "\""));
    description.check(operation, user.post(EVENTS, event, "Content-Type", "text/plain"));
    description.check(operation, user.post(EVENTS, "{}"));
  }

  private void states() {
    description.check("putState", user.put(STATE, "{\"n\":1}"));
    description.check("putState", user.put(STATE, "{\"n\":2}"));
    description.check("putState", user.put(STATE, "{\"n\":2}", "If-Match", "\"9\""));
    description.check("putState", user.put("/v1/state/b", "1"));
    description.check("readState", user.get(STATE));
    description.check("readState", user.get(STATE, "If-None-Match", "\"2\""));
    description.check("readState", user.get("/v1/state/a/none"));
    description.check("readState", user.get("/v1/state/a%20"));
    description.check("patchState", user.patch(STATE, "[]", "Content-Type", PATCH));
    description.check(
        "patchState",
        user.patch(STATE, "[{\"op\":\"remove\",\"path\":\"/x\"}]", "Content-Type", PATCH));
    description.check("patchState", user.patch("/v1/state/a/none", "[]", "Content-Type", PATCH));
    description.check("deleteState", user.delete(STATE));
    description.check("deleteState", user.delete("/v1/state/b"));
  }

  private void streams() {
    user.put(STATE, "1");
    description.check(
        "streamEvents", user.get("/v1/stream?topic=a/**", "Accept", "application/json"));
    description.check(
        "streamEvents",
        user.get("/v1/stream?topic=a/**&after=earliest", "Accept", "application/json"));
    description.check(
        "streamEvents", user.get("/v1/stream?topic=a/**&after=none", "Accept", "application/json"));
    description.check(
        "streamEvents",
        user.get("/v1/stream?topic=a/e&after=earliest", "Accept", "application/json"));
    description.check("streamEvents", user.get("/v1/stream?topic=a/e"));
    description.check("streamEvents", user.get("/v1/stream?topic=a", "Accept", "text/html"));
    description.check("streamEvents", user.get("/v1/stream"));
    description.check("streamEvents", server.stranger().get("/v1/stream?topic=a"));
  }

  private void sessions() {
    description.check("beginSession", user.post("/v1/session", ""));
    description.check("beginSession", server.stranger().post("/v1/session", "{\"code\":\"x\"}"));
    description.check("beginSession", server.stranger().post("/v1/session", "{}"));
    description.check("readSession", user.get("/v1/session"));
    description.check("readSession", server.stranger().get("/v1/session"));
    description.check("endSession", server.stranger().delete("/v1/session"));
  }

  private void administration() throws IOException {
    String token = server.token("acme", "viewer", List.of("a/**"), List.of());
    try (RawConnection raw = RawConnection.open(server.port())) {
      raw.head("GET /v1/stream?topic=a/1 HTTP/1.1", "Host: x", "Authorization: Bearer " + token)
          .readUntil("stream.live");
      description.check("listConnections", admin.get("/v1/admin/connections"));
    }
    description.check("listConnections", user.get("/v1/admin/connections"));
    description.check("endConnection", admin.delete("/v1/admin/connections/none"));
    description.check("endConnection", user.delete("/v1/admin/connections/none"));
    description.check("listTopics", admin.get("/v1/admin/topics"));
    description.check("listTopics", admin.get("/v1/admin/topics?limit=0"));
    description.check("revoke", admin.post("/v1/admin/revocations", "{\"subject\":\"nobody\"}"));
    description.check("revoke", admin.post("/v1/admin/revocations", "{}"));
    description.check("revoke", user.post("/v1/admin/revocations", "{\"subject\":\"nobody\"}"));
  }

  private void operations() {
    description.check("readOpenApi", server.stranger().get("/openapi.json"));
    description.check("readMetrics", server.stranger().get("/metrics"));
    description.check("readLiveness", server.stranger().get("/health/live"));
    description.check("readReadiness", server.stranger().get("/health/ready"));
  }
}

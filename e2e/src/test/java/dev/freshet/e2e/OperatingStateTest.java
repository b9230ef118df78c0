package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.event.Filter;
import dev.freshet.microscopy.Microscopy;
import dev.freshet.runtimes.Runtimes;
import dev.freshet.testkit.RawConnection;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The server's own operating state, as a runtime (PROTOCOL §8.6). */
class OperatingStateTest {
  private static final List<String> EVERYTHING = List.of("**", "$freshet/**");
  private static final String JSON = "application/json";

  private final TestServer server =
      TestServer.start(Map.of(), new Microscopy(), new Runtimes(Duration.ofMillis(200)));
  private final TestClient admin = server.admin();

  @AfterEach
  void close() {
    server.close();
  }

  private RawConnection watch(String token, String query) throws IOException {
    return RawConnection.open(server.port())
        .head("GET /events" + query + " HTTP/1.1", "Host: x", "Authorization: Bearer " + token);
  }

  private JsonNode slices(TestClient client) {
    return json(client.get("/events", "Accept", JSON)).at("/events/0/data/slices");
  }

  private long observations(String tenant) {
    return server
        .freshet()
        .tenant(tenant)
        .log()
        .read(Filter.of("$freshet/runtime/slices/server"), 0, Long.MAX_VALUE, 1000)
        .events()
        .size();
  }

  @Test
  void slices_sayHowTheServerIsDoing() throws IOException {
    String acquisition = "{\"uuid\":\"7f3\",\"name\":\"a\",\"instrument_id\":\"m12\"}";
    assertThat(admin.post("/acquisitions", acquisition).statusCode()).isEqualTo(201);
    String token = server.token("acme", "me", List.of("**"), List.of());
    try (RawConnection open =
        RawConnection.open(server.port())
            .head("GET /v1/stream?topic=a HTTP/1.1", "Host: x", "Authorization: Bearer " + token)) {
      open.readUntil("stream.live");
      JsonNode slices = slices(admin);
      assertThat(slices.propertyNames())
          .containsExactlyInAnyOrder("server", "connections", "logs", "agents", "acquisitions");
      JsonNode process = slices.path("server");
      assertThat(process.path("version").asString()).matches("\\d+\\.\\d+\\.\\d+.*");
      assertThat(process.path("uptimeSeconds").asLong()).isNotNegative();
      assertThat(process.at("/memory/used").asLong()).isPositive();
      assertThat(process.at("/config/log.store").asString()).isEqualTo("memory");
      JsonNode connections = slices.path("connections");
      assertThat(connections.path("tenant").asString()).isEqualTo("acme");
      assertThat(connections.path("open").asInt()).isEqualTo(1);
      assertThat(connections.path("byTransport").toString()).isEqualTo("{\"sse\":1}");
      assertThat(connections.path("byState").properties()).hasSize(1);
      assertThat(connections.path("rates").has("deliveries")).isTrue();
      JsonNode log = slices.path("logs");
      assertThat(log.path("events").asLong()).isPositive();
      assertThat(log.at("/retention/0/pattern").asString()).isEqualTo("**");
      assertThat(slices.at("/acquisitions/total").asInt()).isEqualTo(1);
      assertThat(slices.at("/acquisitions/byStatus").properties()).hasSize(1);
      assertThat(slices.at("/agents/total").asInt()).isZero();
    }
  }

  @Test
  void config_hasNoSecret() {
    String body = admin.get("/events", "Accept", JSON).body();
    assertThat(body.contains(TestServer.SECRET)).as("the secret is shown").isFalse();
    assertThat(slices(admin).at("/server/config/auth.secret").asString()).isEqualTo("set");
  }

  @Test
  void state_isLookedAtOnceForAll_andOnlyWhileSomebodyWatches() throws Exception {
    String token = server.token("acme", "admin", EVERYTHING, EVERYTHING);
    try (RawConnection one = watch(token, "?runtime=freshet&slices=server");
        RawConnection two = watch(token, "?runtime=freshet&slices=server,logs")) {
      assertThat(one.readUntil("event: stream.live")).contains("\"slices\":{\"server\":{\"ver");
      two.readUntil("event: stream.live");
      String update = one.readUntil("event: state.update") + one.readUntil("\n\n");
      assertThat(update).contains("\"slice\":\"server\"", "\"type\":\"observed\"");
      long began = System.nanoTime();
      long before = observations("acme");
      await().until(() -> observations("acme") >= before + 5);
      long passed = Duration.ofNanos(System.nanoTime() - began).toMillis();
      assertThat(observations("acme") - before).isLessThanOrEqualTo(passed / 150 + 2);
    }
    await()
        .until(() -> {
          long before = observations("acme");
          Thread.sleep(1000);
          return observations("acme") == before;
        });
  }

  @Test
  @DisplayName("A1: a tenant's administrator sees nothing of another tenant")
  void state_isOfOneTenant() throws IOException {
    String other = server.token("other", "spy", List.of("**"), List.of());
    admin.post("/acquisitions", "{\"uuid\":\"7f3\",\"name\":\"a\",\"instrument_id\":\"m12\"}");
    JsonNode before = slices(server.client(server.token("globex", "a", EVERYTHING, EVERYTHING)));
    assertThat(before.at("/connections/tenant").asString()).isEqualTo("globex");
    assertThat(before.at("/acquisitions/total").asInt()).isZero();
    try (RawConnection open =
        RawConnection.open(server.port())
            .head("GET /v1/stream?topic=a HTTP/1.1", "Host: x", "Authorization: Bearer " + other)) {
      open.readUntil("stream.live");
      JsonNode slices = slices(admin);
      assertThat(slices.at("/connections/open").asInt()).isZero();
      assertThat(slices.toString()).doesNotContain("globex", "spy");
    }
  }

  @Test
  void state_isForAdministrators_andChangedByNobody() {
    TestClient user = server.client(server.token("acme", "me", List.of("**"), List.of("**")));
    assertThat(user.get("/events").statusCode()).isEqualTo(404);
    assertThat(user.post("/runtime/actions", "{\"type\":\"observed\"}").statusCode())
        .isEqualTo(404);
    assertThat(admin.post("/runtime/actions", "{\"type\":\"observed\"}").statusCode())
        .isEqualTo(422);
    TestClient narrow =
        server.client(
            server.token("acme", "me", List.of("$freshet/runtime/slices/logs"), List.of()));
    assertThat(slices(narrow).propertyNames()).containsExactly("logs");
    assertThat(observations("acme")).isPositive();
  }
}

package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.code;
import static dev.freshet.testkit.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.testkit.RawConnection;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rates and numbers (R1): past a bound the answer says which, and when to try again. */
class LimitsTest {
  private static final String EVENT = "{\"topic\":\"a\",\"type\":\"x\"}";

  private static TestClient client(TestServer server, String subject) {
    return server.client(server.token("acme", subject, List.of("**"), List.of("**")));
  }

  private static void checkRetry(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(code(answer)).isEqualTo("rate_limited");
    assertThat(answer.headers().firstValueAsLong("retry-after").orElse(0)).isPositive();
    assertThat(json(answer).path("limit").asInt()).isEqualTo(2);
  }

  @Test
  void publishing_tooFast_isRefusedForThatSubjectAlone_R1() {
    try (TestServer server = TestServer.start(Map.of("limits.publish-rate", "2"))) {
      TestClient me = client(server, "me");
      assertThat(
              me.post("/v1/events", "[" + EVENT + "," + EVENT + "," + EVENT + "," + EVENT + "]")
                  .statusCode())
          .isEqualTo(201);
      checkRetry(
          me.post("/v1/events", "[" + EVENT + "," + EVENT + "," + EVENT + "," + EVENT + "]"));
      assertThat(client(server, "you").post("/v1/events", EVENT).statusCode()).isEqualTo(201);
      assertThat(server.metric("freshet_problems_total{code=\"rate_limited\"}")).isEqualTo(1);
      await().until(() -> me.post("/v1/events", EVENT).statusCode() == 201);
    }
  }

  @Test
  void states_changedTooFast_areRefused_R1() {
    try (TestServer server = TestServer.start(Map.of("limits.publish-rate", "2"))) {
      TestClient me = client(server, "me");
      me.post("/v1/events", "[" + EVENT + "," + EVENT + "," + EVENT + "," + EVENT + "]");
      checkRetry(me.put("/v1/state/a", "1"));
      await().until(() -> me.put("/v1/state/a", "1").statusCode() == 201);
    }
  }

  @Test
  void requests_tooMany_areRefused_R1() {
    try (TestServer server = TestServer.start(Map.of("limits.request-rate", "2"))) {
      TestClient me = client(server, "me");
      List<HttpResponse<String>> answers =
          Stream.generate(() -> me.get("/v1/session")).limit(20).toList();
      assertThat(answers.getFirst().statusCode()).isEqualTo(200);
      checkRetry(answers.stream().filter(a -> a.statusCode() != 200).findFirst().orElseThrow());
    }
  }

  @Test
  void streams_tooManyOfOneSubject_areRefusedAndNobodyIsEvicted_R1() throws IOException {
    try (TestServer server = TestServer.start(Map.of("limits.principal-connections", "2"))) {
      String token = server.token("acme", "me", List.of("**"), List.of());
      List<RawConnection> streams = new ArrayList<>();
      for (int i = 0; i < 2; i++) streams.add(stream(server, token));
      var refused = server.client(token).get("/v1/stream?topic=a");
      assertThat(code(refused)).isEqualTo("too_many_connections");
      assertThat(json(refused).path("limit").asInt()).isEqualTo(2);
      client(server, "you").post("/v1/events", EVENT);
      for (RawConnection raw : streams) assertThat(raw.readUntil("event: x")).contains("event: x");
      streams.removeFirst().close();
      await().until(() -> server.metric("freshet_stream_connections") < 2);
      streams.add(stream(server, token));
      for (RawConnection raw : streams) raw.close();
    }
  }

  private static RawConnection stream(TestServer server, String token) throws IOException {
    RawConnection raw = RawConnection.open(server.port());
    raw.head("GET /v1/stream?topic=a HTTP/1.1", "Host: x", "Authorization: Bearer " + token);
    assertThat(raw.readUntil("stream.live")).contains("200 OK");
    return raw;
  }

  @Test
  void snapshot_tooLarge_isRefusedAsStreamAndAsPage_R1() {
    Map<String, String> small = Map.of("stream.snapshot", "64KiB", "stream.json-page", "64KiB");
    try (TestServer server = TestServer.start(small)) {
      TestClient me = client(server, "me");
      for (int i = 0; i < 5; i++) me.put("/v1/state/s/" + i, "\"" + "x".repeat(20_000) + "\"");
      var stream = me.get("/v1/stream?topic=s/**");
      assertThat(stream.statusCode()).isEqualTo(422);
      assertThat(code(stream)).isEqualTo("snapshot_too_large");
      assertThat(code(me.get("/v1/stream?topic=s/**", "Accept", "application/json")))
          .isEqualTo("snapshot_too_large");
      assertThat(me.get("/v1/stream?topic=s/1", "Accept", "application/json").statusCode())
          .isEqualTo(200);
      assertThat(server.metric("freshet_problems_total{code=\"snapshot_too_large\"}")).isEqualTo(2);
    }
  }

  @Test
  void polls_thatWait_doNotCountAsWork_andEndWhenTheServerDoes_R3() throws Exception {
    try (TestServer server = TestServer.start(Map.of("limits.requests", "2"));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TestClient me = client(server, "me");
      Callable<HttpResponse<String>> poll =
          () -> me.get("/v1/stream?topic=a&after=earliest&wait=30", "Accept", "application/json");
      List<Future<HttpResponse<String>>> polls = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        polls.add(threads.submit(poll));
        int waiting = i + 1;
        await().until(() -> server.metric("freshet_stream_pages_total") == waiting);
      }
      assertThat(me.get("/v1/session").statusCode()).isEqualTo(200);
      long begin = System.nanoTime();
      server.stop();
      for (Future<HttpResponse<String>> answer : polls) {
        assertThat(code(answer.get())).isEqualTo("draining");
        assertThat(answer.get().headers().firstValue("retry-after")).isPresent();
      }
      assertThat((System.nanoTime() - begin) / 1e9).isLessThan(5);
    }
  }
}

package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.event.Position;
import dev.freshet.server.auth.Identity;
import dev.freshet.testkit.RawConnection;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams and pages as bytes on a real connection (PROTOCOL §2, §3). */
class StreamTest {
  private final TestServer server =
      TestServer.start(
          Map.of("stream.heartbeat", "1s", "log.retention", "** age=7d count=200 bytes=1GiB"));
  private final String token = server.token("acme", "me", List.of("**"), List.of("**"));
  private final TestClient me = server.client(token);

  @AfterEach
  void close() {
    server.close();
  }

  private RawConnection stream(String query, String... headers) throws IOException {
    return streamAs(token, query, headers);
  }

  private RawConnection streamAs(String as, String query, String... headers) throws IOException {
    RawConnection raw = RawConnection.open(server.port());
    String extra = headers.length == 0 ? "" : "\r\n" + String.join("\r\n", headers);
    return raw.head(
        "GET /v1/stream?" + query + " HTTP/1.1", "Host: x", "Authorization: Bearer " + as + extra);
  }

  private String publish(String topic, String type) {
    var answer = me.post("/v1/events", "{\"topic\":\"%s\",\"type\":\"%s\"}".formatted(topic, type));
    return json(answer).path("position").asString();
  }

  @Test
  void stream_opened_hasTheHeadersAndFramesOfTheProtocol_U1() throws IOException {
    me.put("/v1/state/a/1", "{\"n\":1}");
    try (RawConnection raw = stream("topic=a/*")) {
      String head = raw.readUntil("\r\n\r\n");
      assertThat(head).startsWith("HTTP/1.1 200 OK\r\n").containsIgnoringCase("no-store");
      assertThat(head)
          .contains("text/event-stream; charset=utf-8")
          .contains("X-Accel-Buffering: no");
      assertThat(head).contains("nosniff").doesNotContainIgnoringCase("transfer-encoding");
      String frames = raw.readUntil("event: stream.live\n");
      assertThat(frames)
          .startsWith(": freshet\n\nretry: 2000\n\nevent: stream.open\ndata: {\"resumed\":false,");
      assertThat(frames)
          .contains(
              "event: state.initial\ndata: {\"topic\":\"a/1\",\"value\":{\"n\":1},\"version\":1");
      me.put("/v1/state/a/1", "{\"n\":2}");
      assertThat(raw.readUntil("\"base\":1")).contains("event: state.update\nid: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"malformed", "epoch", "future", "retention"})
  void lastEventId_unusable_isResetCountedAndServed_U3(String reason) throws IOException {
    String old = publish("a/1", "first");
    me.put("/v1/state/a/2", "7");
    for (int i = 0; i < 30; i++) me.post("/v1/events", batch(20));
    server.freshet().tenant("acme").log().retain();
    long epoch = server.freshet().tenant("acme").log().epoch();
    String id =
        switch (reason) {
          case "malformed" -> "'; drop table events; --";
          case "epoch" -> new Position(epoch / 2, 5).token();
          case "future" -> new Position(epoch, 1L << 40).token();
          default -> old;
        };
    try (RawConnection raw = stream("topic=a/*", "Last-Event-ID: " + id)) {
      String frames = raw.readUntil("event: stream.live\n");
      assertThat(frames).contains("event: stream.reset\ndata: {\"reason\":\"" + reason + "\"}");
      assertThat(frames).contains("\"resumed\":false").contains("\"topic\":\"a/2\",\"value\":7");
      publish("a/1", "after");
      assertThat(raw.readUntil("event: after\n")).contains("event: after");
    }
    assertThat(server.metric("freshet_stream_resets_total{reason=\"" + reason + "\"}"))
        .isEqualTo(1);
  }

  private static String batch(int events) {
    String event = "{\"topic\":\"a/1\",\"type\":\"filler\",\"data\":\"" + "x".repeat(100) + "\"}";
    return "[" + (event + ",").repeat(events - 1) + event + "]";
  }

  @Test
  void lastEventId_ofTheHeader_winsOverAfter_U2() throws IOException {
    String first = publish("a/1", "first");
    String second = publish("a/1", "second");
    publish("a/1", "third");
    try (RawConnection raw = stream("topic=a/1&after=" + first, "Last-Event-ID: " + second)) {
      assertThat(raw.readUntil("event: stream.live\n"))
          .contains("event: third")
          .doesNotContain("event: second");
    }
  }

  @Test
  void heartbeat_onAQuietStream_carriesThePositionOfTheLog_U4() throws IOException {
    try (RawConnection raw = stream("topic=quiet")) {
      raw.readUntil("event: stream.live\n");
      String position = publish("elsewhere", "x");
      assertThat(raw.readUntil("id: " + position + "\n"))
          .contains("event: heartbeat\nid: " + position);
    }
  }

  @Test
  void token_expiresMidStream_endsItAndAFreshOneResumes_A2() throws IOException {
    String brief =
        server.token(new Identity("acme", "me", List.of("**"), List.of()), Duration.ofSeconds(2));
    try (RawConnection raw = streamAs(brief, "topic=a/*")) {
      String all = raw.readAll();
      assertThat(all).contains("event: stream.end").endsWith("data: {\"reason\":\"expired\"}\n\n");
      String id = all.substring(all.lastIndexOf("id: ") + 4, all.lastIndexOf("\ndata"));
      publish("a/1", "missed");
      try (RawConnection again = stream("topic=a/*", "Last-Event-ID: " + id)) {
        assertThat(again.readUntil("event: stream.live\n"))
            .contains("event: missed")
            .contains("\"resumed\":true");
      }
    }
    assertThat(server.metric("freshet_stream_ends_total{reason=\"expired\"}")).isEqualTo(1);
  }

  @Test
  void topic_ended_endsTheStreamAndAnswers204Afterwards_U7() throws IOException {
    try (RawConnection raw = stream("topic=job/1")) {
      raw.readUntil("event: stream.live\n");
      String position =
          json(me.post("/v1/events", "{\"topic\":\"job/1\",\"type\":\"done\",\"end\":true}"))
              .path("position")
              .asString();
      assertThat(raw.readAll()).contains("\"end\":true").endsWith("{\"reason\":\"completed\"}\n\n");
      HttpResponse<String> after = me.get("/v1/stream?topic=job/1", "Last-Event-ID", position);
      assertThat(after.statusCode()).isEqualTo(204);
      assertThat(me.get("/v1/stream?topic=job/1&after=earliest").body())
          .contains("event: done")
          .contains("completed");
    }
  }

  @Test
  void server_drains_tellsEachStreamWhenToComeBack_R3() throws IOException {
    try (RawConnection raw = stream("topic=a/*")) {
      raw.readUntil("event: stream.live\n");
      server.stop();
      assertThat(raw.readAll()).contains("\nretry: ").endsWith("data: {\"reason\":\"drain\"}\n\n");
    }
    server.begin();
  }

  @Test
  void reader_thatStopsReading_losesNothingAndDelaysNobody_U5() throws IOException {
    try (TestServer roomy =
        TestServer.start(Map.of("stream.window", "64KiB", "stream.page", "4KiB"))) {
      String reads = roomy.token("acme", "me", List.of("**"), List.of("**"));
      TestClient writer = roomy.client(reads);
      try (RawConnection slow = open(roomy, reads);
          RawConnection quick = open(roomy, reads)) {
        int events = 8000;
        for (int i = 0; i < events; i += 100) writer.post("/v1/events", numbered(i));
        quick.readUntil("\"n\":" + (events - 1) + ",");
        String read = slow.readUntil("\"n\":" + (events - 1) + ",");
        int at = 0;
        for (int i = 0; i < events; i++) {
          at = read.indexOf("\"n\":" + i + ",", at);
          assertThat(at).as("event %d in its place", i).isPositive();
        }
        assertThat(roomy.metric("freshet_stream_slow_total")).isPositive();
      }
    }
  }

  private static RawConnection open(TestServer server, String token) throws IOException {
    RawConnection raw = RawConnection.open(server.port());
    raw.head("GET /v1/stream?topic=n HTTP/1.1", "Host: x", "Authorization: Bearer " + token);
    raw.readUntil("event: stream.live\n");
    return raw;
  }

  private static String numbered(int from) {
    StringBuilder batch = new StringBuilder("[");
    for (int i = from; i < from + 100; i++) {
      batch.append(i == from ? "" : ",");
      batch.append("{\"topic\":\"n\",\"type\":\"n\",\"data\":{\"n\":").append(i);
      batch.append(",\"pad\":\"").append("x".repeat(2000)).append("\"}}");
    }
    return batch.append("]").toString();
  }

  @Test
  void page_thatWaits_isAnsweredWhenSomethingMatches() throws Exception {
    String head = publish("a/1", "before");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> page =
          threads.submit(() ->
              me.get("/v1/stream?topic=a/1&wait=20&after=" + head, "Accept", "application/json"));
      await().until(() -> server.metric("freshet_stream_pages_total") == 1);
      publish("b/1", "unmatched");
      String position = publish("a/1", "matched");
      var body = json(page.get());
      assertThat(body.path("events").get(0).path("type").asString()).isEqualTo("matched");
      assertThat(body.path("events").size()).isEqualTo(1);
      assertThat(body.path("position").asString()).isEqualTo(position);
    }
  }

  @Test
  void page_afterPage_coversTheLogOnce_U2() {
    for (int i = 0; i < 25; i++) publish("a/1", "e" + i);
    String after = "earliest";
    int seen = 0;
    boolean more = true;
    while (more) {
      var page =
          json(
              me.get("/v1/stream?topic=a/1&limit=10&after=" + after, "Accept", "application/json"));
      for (var event : page.path("events")) {
        assertThat(event.path("type").asString()).isEqualTo("e" + seen++);
      }
      after = page.path("position").asString();
      more = page.path("more").asBoolean();
    }
    assertThat(seen).isEqualTo(25);
  }
}

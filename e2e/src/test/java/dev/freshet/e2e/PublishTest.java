package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.code;
import static dev.freshet.testkit.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Filter;
import dev.freshet.log.Recorded;
import dev.freshet.testkit.RawConnection;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** {@code POST /v1/events} (PROTOCOL §4). */
class PublishTest {
  private static final String NDJSON = "application/x-ndjson";
  private static final String CLOUD_EVENT = "application/cloudevents+json";
  private static final String CLOUD_EVENTS = "application/cloudevents-batch+json";

  private static TestServer server;

  private String tenant;
  private TestClient client;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void enter(TestInfo test) {
    tenant = Integer.toHexString(test.getDisplayName().hashCode());
    client = server.client(server.token(tenant, "me", List.of("**"), List.of("a/**", "b")));
  }

  private List<Recorded> log() {
    return server
        .freshet()
        .tenant(tenant)
        .log()
        .read(Filter.of("**"), 0, Long.MAX_VALUE, 1000)
        .events();
  }

  private HttpResponse<String> post(String body, String... headers) {
    return client.post("/v1/events", body, headers);
  }

  @Test
  void event_single_isAppendedAndAnsweredWithItsPosition_L1() {
    var answer =
        post(
            "{\"topic\":\"a/1\",\"type\":\"x.y\",\"time\":\"2026-01-05T10:00:00+01:00\",\"data\":{\"n\":1.50}}");
    assertThat(answer.statusCode()).isEqualTo(201);
    String position = server.freshet().tenant(tenant).log().head().token();
    assertThat(answer.body())
        .isEqualTo(
            "{\"first\":\""
                + position
                + "\",\"position\":\""
                + position
                + "\",\"count\":1,\"duplicate\":false}");
    assertThat(log())
        .singleElement()
        .satisfies(recorded -> {
          assertThat(recorded.event().topic()).hasToString("a/1");
          assertThat(recorded.event().type()).isEqualTo("x.y");
          assertThat(recorded.event().time()).isEqualTo("2026-01-05T09:00:00Z");
          assertThat(recorded.event().data()).hasToString("{\"n\":1.50}");
        });
  }

  @Test
  void event_withoutData_hasNull() {
    assertThat(post("{\"topic\":\"b\",\"type\":\"x\"}").statusCode()).isEqualTo(201);
    assertThat(log().getFirst().event().data()).hasToString("null");
  }

  @Test
  void batch_asArrayOrLines_isOneContiguousRange_L4() {
    var array = post("[{\"topic\":\"a/1\",\"type\":\"x\"},{\"topic\":\"a/2\",\"type\":\"y\"}]");
    assertThat(json(array).path("count").asInt()).isEqualTo(2);
    var lines =
        post(
            "{\"topic\":\"a/3\",\"type\":\"x\"}\n\n{\"topic\":\"a/4\",\"type\":\"y\"}\r\n",
            "Content-Type",
            NDJSON);
    assertThat(json(lines).path("count").asInt()).isEqualTo(2);
    assertThat(log())
        .extracting(r -> r.event().topic().path())
        .containsExactly("a/1", "a/2", "a/3", "a/4");
    assertThat(log()).extracting(Recorded::offset).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void batch_withOneEventThatMayNotBeWritten_appendsNothing_L4() {
    var answer = post("[{\"topic\":\"a/1\",\"type\":\"x\"},{\"topic\":\"c\",\"type\":\"y\"}]");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(code(answer)).isEqualTo("forbidden");
    assertThat(log()).isEmpty();
  }

  @Test
  void topic_reserved_cannotBeWrittenByAnyGrant_A1() {
    TestClient admin =
        server.client(server.token(tenant, "root", List.of(), List.of("**", "$freshet/**")));
    var answer = admin.post("/v1/events", "{\"topic\":\"$freshet/x\",\"type\":\"x\"}");
    assertThat(code(answer)).isEqualTo("forbidden");
    assertThat(log()).isEmpty();
  }

  @Test
  void key_seenAgain_appendsNothingAndRepeatsTheAnswer_L3() {
    String event = "{\"topic\":\"a/1\",\"type\":\"x\"}";
    var first = post(event, "Idempotency-Key", "order 7");
    var second = post(event, "Idempotency-Key", "order 7");
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(json(second).path("duplicate").asBoolean()).isTrue();
    assertThat(json(second).path("first")).isEqualTo(json(first).path("first"));
    assertThat(post(event, "Idempotency-Key", "order 8").statusCode()).isEqualTo(201);
    assertThat(log()).hasSize(2);
  }

  @Test
  void cloudEvent_bySourceAndId_isAppendedOnce_L3() {
    String event =
        """
        {"specversion":"1.0","id":"7","source":"/shop","type":"order.created","subject":"a/7",
         "time":"2026-01-05T10:00:00Z","datacontenttype":"application/json","data":{"total":12},"extension":"kept not"}\
        """;
    assertThat(post(event, "Content-Type", CLOUD_EVENT).statusCode()).isEqualTo(201);
    assertThat(post(event, "Content-Type", CLOUD_EVENT).statusCode()).isEqualTo(200);
    assertThat(post("[" + event + "]", "Content-Type", CLOUD_EVENTS).statusCode()).isEqualTo(200);
    String other = event.replace("/shop", "/other");
    assertThat(post("[" + other + "]", "Content-Type", CLOUD_EVENTS).statusCode()).isEqualTo(201);
    assertThat(log()).hasSize(2);
    assertThat(log().getFirst().event().type()).isEqualTo("order.created");
    assertThat(log().getFirst().event().data()).hasToString("{\"total\":12}");
  }

  @Test
  void topic_ended_takesNoMore_U7() {
    assertThat(post("{\"topic\":\"a/1\",\"type\":\"x\",\"end\":true}").statusCode()).isEqualTo(201);
    var answer = post("[{\"topic\":\"a/2\",\"type\":\"x\"},{\"topic\":\"a/1\",\"type\":\"x\"}]");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(code(answer)).isEqualTo("topic_ended");
    assertThat(log()).hasSize(1);
  }

  @Test
  void tenant_ofTheToken_isTheOneThatIsWritten_A1() {
    assertThat(post("{\"topic\":\"a/1\",\"type\":\"x\"}").statusCode()).isEqualTo(201);
    assertThat(server.freshet().tenant("another").log().head().offset()).isZero();
  }

  @Test
  void event_acknowledged_comesBeforeLiveForWhoConnectsNext_U2() throws IOException {
    String token = server.token(tenant, "me", List.of("**"), List.of());
    for (int n = 0; n < 100; n++) {
      String first = json(post("{\"topic\":\"a/1\",\"type\":\"x\"}")).path("position").asString();
      post("{\"topic\":\"a/1\",\"type\":\"x\",\"data\":" + n + "}");
      try (RawConnection raw = RawConnection.open(server.port())) {
        raw.head(
            "GET /v1/stream?topic=a/1&after=" + first + " HTTP/1.1",
            "Host: x",
            "Authorization: Bearer " + token);
        assertThat(raw.readUntil("stream.live")).contains("\"data\":" + n + "}");
      }
    }
  }

  @Test
  void time_wrong_isPointedAt_inABatchAndAlone() {
    String event = "{\"topic\":\"a/1\",\"type\":\"x\",\"time\":\"soon\"}";
    assertThat(json(post(event)).at("/errors/0/pointer").asString()).isEqualTo("/time");
    assertThat(json(post("[" + event + "]")).at("/errors/0/pointer").asString())
        .isEqualTo("/0/time");
  }

  @Test
  void position_empty_isNone_U3() {
    var page = client.get("/v1/stream?topic=a/1&after=", "Accept", "application/json");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(json(page).has("reset")).isFalse();
  }

  @Test
  void publishing_isCounted() {
    double before = server.metric("freshet_publish_events_total");
    post("[{\"topic\":\"a/1\",\"type\":\"x\"},{\"topic\":\"a/2\",\"type\":\"y\"}]");
    assertThat(server.metric("freshet_publish_events_total")).isEqualTo(before + 2);
    assertThat(server.metric("freshet_publish_seconds_count")).isPositive();
    assertThat(server.metric("freshet_log_head{tenant=\"" + tenant + "\"}")).isEqualTo(2);
  }
}

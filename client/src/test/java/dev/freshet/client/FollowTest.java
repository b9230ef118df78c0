package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of applications: bare payloads (PROTOCOL §8). */
@Timeout(20)
class FollowTest {
  private static final String TARGET = "/agent/a%201/stream?x=1";
  private static final String OPEN =
      frame("stream.open", null, "{'resumed':false,'position':'p1','heartbeatMs':60000}");
  private static final FollowOptions OPTIONS =
      FollowOptions.of(TARGET).backoff(Backoff.of(Duration.ofMillis(1), Duration.ofMillis(2)));

  private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();

  private static String frame(String type, String id, String data) {
    return "event: %s\n%sdata: %s\n\n"
        .formatted(type, id == null ? "" : "id: " + id + "\n", data.replace('\'', '"'));
  }

  /** Each connection gets its own frames and is cut after them; the last one is 204. */
  private List<Delivery> followed(FollowOptions options, String... connections) throws Exception {
    List<Delivery> deliveries = new ArrayList<>();
    try (ScriptedServer server =
            new ScriptedServer(
                new Progress(), (n, request, s) -> answer(connections, n, request, s));
        FreshetClient client = FreshetClient.to(server.uri()).build();
        Subscription subscription = client.follow(options)) {
      for (Delivery delivery : subscription) deliveries.add(delivery);
    }
    return deliveries;
  }

  private void answer(String[] connections, int n, ReceivedRequest request, Socket socket)
      throws IOException {
    requests.add(request);
    if (n < connections.length) Replies.stream(socket, connections[n]);
    else ScriptedServer.write(socket, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
  }

  private List<String> positionsAsked() {
    return requests.stream()
        .map(r -> r.headers().getOrDefault("last-event-id", List.of("")).getFirst())
        .toList();
  }

  @Test
  void payloads_ofAnApplication_comeAsTheyAre() throws Exception {
    List<Delivery> deliveries =
        followed(
            OPTIONS,
            OPEN
                + frame("agent.status", null, "{'agent_id':'a'}")
                + frame("stream.live", "p2", "{'position':'p2'}")
                + frame("agent.log", "p3", "{'topic':'looks like an envelope'}"));
    assertThat(deliveries)
        .filteredOn(d -> !(d instanceof Delivery.Retrying))
        .containsExactly(
            new Delivery.Opened(false, "p1", Duration.ofMinutes(1)),
            new Delivery.PayloadReceived(null, "agent.status", json(Map.of("agent_id", "a"))),
            new Delivery.Live("p2"),
            new Delivery.PayloadReceived(
                "p3", "agent.log", json(Map.of("topic", "looks like an envelope"))),
            new Delivery.Ended("completed"));
    assertThat(requests.getFirst().path()).isEqualTo("/agent/a%201/stream");
    assertThat(requests.getFirst().query()).isEqualTo(Map.of("x", List.of("1")));
  }

  private static tools.jackson.databind.JsonNode json(Object value) {
    return Json.tree(value);
  }

  @Test
  @DisplayName("U2: a cut resumes after the last id")
  void stream_cutWhenLive_resumes() throws Exception {
    followed(
        OPTIONS,
        OPEN + frame("stream.live", "p2", "{'position':'p2'}") + frame("agent.log", "p3", "{}"));
    assertThat(positionsAsked()).containsExactly("", "p3");
  }

  @Test
  @DisplayName("U1: a stream that is cut before it is live is begun again")
  void stream_cutBeforeItIsLive_beginsAnew() throws Exception {
    followed(OPTIONS, OPEN + frame("agent.log", "p2", "{}"));
    assertThat(positionsAsked()).containsExactly("", "");
  }

  @Test
  @DisplayName("8.2: a first frame without stream.open opens, a first heartbeat is live")
  void stream_withoutStreamOpen_isLiveFromItsHeartbeat() throws Exception {
    String connection = frame("connection", null, "{'type':'connection'}");
    String instruction = frame("instruction", "p1", "{'instruction_id':'i'}");
    String heartbeat = frame("heartbeat", "p2", "{'type':'heartbeat'}");
    List<Delivery> deliveries =
        followed(
            OPTIONS,
            connection + instruction,
            connection + instruction + heartbeat + frame("instruction", "p3", "{}"),
            connection + heartbeat);
    assertThat(positionsAsked()).containsExactly("", "", "p3", "p2");
    assertThat(deliveries)
        .filteredOn(d -> d instanceof Delivery.Opened)
        .containsExactly(
            new Delivery.Opened(false, "", Duration.ofSeconds(15)),
            new Delivery.Opened(false, "", Duration.ofSeconds(15)),
            new Delivery.Opened(true, "p3", Duration.ofSeconds(15)));
    assertThat(deliveries).filteredOn(d -> d instanceof Delivery.Live).hasSize(2);
  }

  @Test
  @DisplayName("U3: after a reset the position is that of the next heartbeat")
  void reset_ofAStreamWithoutStreamOpen_voidsThePosition() throws Exception {
    String connection = frame("connection", null, "{}");
    String reset = frame("stream.reset", null, "{'reason':'epoch'}");
    List<Delivery> deliveries =
        followed(
            OPTIONS.after("old"),
            connection + reset + frame("instruction", "p1", "{}"),
            connection + frame("heartbeat", "p2", "{}"));
    assertThat(positionsAsked()).containsExactly("old", "", "p2");
    assertThat(deliveries).contains(new Delivery.Reset("epoch"));
  }

  @Test
  @DisplayName("U7: stream.end completed ends it")
  void end_completed_isTheLastDelivery() throws Exception {
    List<Delivery> deliveries =
        followed(OPTIONS, OPEN + frame("stream.end", "p1", "{'reason':'completed'}"));
    assertThat(deliveries).last().isEqualTo(new Delivery.Ended("completed"));
    assertThat(requests).hasSize(1);
  }

  @Test
  void frame_thatIsNotJson_isPassedOver() throws Exception {
    assertThat(followed(OPTIONS, OPEN + frame("agent.log", null, "no json")))
        .noneMatch(d -> d instanceof Delivery.PayloadReceived);
  }

  @Test
  void options_outOfBounds_areRefused() {
    assertThatThrownBy(() -> FollowOptions.of("frontend"))
        .hasMessage("target is 'frontend', must begin with /");
    assertThatThrownBy(() -> OPTIONS.heartbeat(Duration.ZERO)).hasMessageContaining("heartbeat");
    assertThatThrownBy(() -> OPTIONS.maxFrameBytes(0)).hasMessageContaining("maxFrameBytes");
  }
}

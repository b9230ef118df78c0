package dev.freshet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.FreshetClient;
import dev.freshet.client.ProblemException;
import dev.freshet.client.TokenSource;
import dev.freshet.simulator.LogLine.Level;
import dev.freshet.simulator.RecordingServer.Received;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.JsonNodeFactory;

@Timeout(60)
class AgentTest {
  private final LeapingPace pace = new LeapingPace();
  private final MicroscopySession session =
      MicroscopySession.of(1, "m12", new Timeline(pace.now(), 60));
  private volatile ToIntFunction<Received> statuses = r -> 0;
  private final RecordingServer server = new RecordingServer(r -> statuses.applyAsInt(r));
  private final AgentRoutes routes = server.agents();
  private final FreshetClient client =
      FreshetClient.to(server.uri())
          .tokens(TokenSource.of("agent-m12"))
          .patience(Duration.ZERO)
          .build();
  private final PatientSender sender = new PatientSender("m12", client, pace, Instant.MAX);
  private final Agent agent = new Agent("m12", client, sender, pace, 60);

  AgentTest() throws IOException {}

  @AfterEach
  void close() {
    agent.close();
    client.close();
    server.close();
  }

  /** Loses the answer to the first request of a path. */
  private void loseOnce(String suffix) {
    AtomicBoolean lost = new AtomicBoolean();
    statuses =
        r ->
            r.method().equals("POST") && r.path().endsWith(suffix) && !lost.getAndSet(true)
                ? RecordingServer.ANSWER_LOST
                : 0;
  }

  private LogLine line(int n) {
    return new LogLine(Duration.ZERO, pace.now(), Level.INFO, "epu.stage", "line " + n);
  }

  private List<String> messages() {
    return routes.logs().stream().map(l -> l.path("message").asString()).toList();
  }

  @Test
  void begin_makesASession_andClosesTheOneBefore() throws Exception {
    agent.begin(session);
    assertThat(routes.sessions())
        .singleElement()
        .satisfies(s -> {
          assertThat(s.path("agent_id").asString()).isEqualTo("agent-m12");
          assertThat(s.path("acquisition_uuid").asString()).isEqualTo(session.uuid());
          assertThat(s.path("instrument_id").asString()).isEqualTo("m12");
        });
    agent.begin(MicroscopySession.of(2, "m12", session.timeline()));
    assertThat(routes.sessions()).hasSize(1);
    assertThat(routes.closed()).containsExactly("s0");
  }

  @Test
  void begin_againForTheSame_findsItsSession() throws Exception {
    agent.begin(session);
    try (Agent another = new Agent("m12", client, sender, pace, 60)) {
      another.begin(session);
    }
    assertThat(routes.sessions()).hasSize(1);
    assertThat(routes.closed()).isEmpty();
  }

  @Test
  void session_whoseAnswerIsLost_isNotMadeTwice() throws Exception {
    loseOnce("create-managed");
    agent.begin(session);
    assertThat(routes.sessions()).hasSize(1);
    assertThat(routes.closed()).isEmpty();
  }

  @Test
  void server_withoutThoseRoutes_isLeftAlone() throws Exception {
    statuses = r -> r.path().startsWith("/debug") ? 404 : 0;
    agent.begin(session);
    agent.begin(session);
    agent.log(line(1));
    agent.waitUntil(pace.now().plusSeconds(60));
    agent.flush();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void heartbeats_overAMinute_comeEveryFewSeconds() throws Exception {
    agent.begin(session);
    agent.waitUntil(pace.now().plusSeconds(60));
    assertThat(routes.heartbeats()).isBetween(19, 21);
    assertThat(Agent.heartbeat(1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(Agent.heartbeat(0.1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(Agent.heartbeat(5)).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void heartbeat_refusedForGood_stops_A2() throws Exception {
    agent.begin(session);
    statuses = r -> r.path().endsWith("/heartbeat") ? 403 : 0;
    assertThatThrownBy(() -> agent.waitUntil(pace.now().plusSeconds(10)))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void session_closedByAnother_isFollowedByANewOne() throws Exception {
    agent.begin(session);
    AtomicBoolean refused = new AtomicBoolean();
    statuses = r -> r.path().endsWith("/heartbeat") && !refused.getAndSet(true) ? 409 : 0;
    agent.waitUntil(pace.now().plusSeconds(10));
    assertThat(routes.sessions()).hasSize(1);
    assertThat(routes.heartbeats()).isPositive();
  }

  @Test
  void log_flushed_arrivesInOrderInBatches() throws Exception {
    agent.begin(session);
    for (int i = 0; i < 450; i++) agent.log(line(i));
    agent.flush();
    assertThat(messages()).hasSize(450).startsWith("line 0", "line 1").endsWith("line 449");
    assertThat(server.requests()).filteredOn(r -> r.path().endsWith("/logs")).hasSize(3);
  }

  @Test
  void log_whoseAnswerIsLost_isNotStoredTwice() throws Exception {
    agent.begin(session);
    loseOnce("/logs");
    for (int i = 0; i < 3; i++) agent.log(line(i));
    agent.flush();
    assertThat(messages()).containsExactly("line 0", "line 1", "line 2");
  }

  @Test
  void log_turnedAwayByAServerInTrouble_arrivesLater() throws Exception {
    agent.begin(session);
    AtomicBoolean refused = new AtomicBoolean();
    statuses = r -> r.path().endsWith("/logs") && !refused.getAndSet(true) ? 503 : 0;
    agent.log(line(1));
    agent.flush();
    assertThat(messages()).containsExactly("line 1");
  }

  @Test
  void outbox_full_letsGoOfTheOldest() {
    LogOutbox outbox = new LogOutbox("agent-m12", client, sender);
    for (int i = 0; i < 6000; i++) outbox.add(line(i));
    assertThat(outbox.size()).isEqualTo(5000);
  }

  @Test
  void absence_isSilent_andEndsByItself() throws Exception {
    agent.begin(session);
    agent.waitUntil(pace.now().plusSeconds(1));
    await().until(() -> routes.streams() == 1);
    int before = routes.heartbeats();
    agent.vanish(Duration.ofSeconds(75));
    agent.log(line(1));
    agent.waitUntil(pace.now().plusSeconds(30));
    assertThat(routes.heartbeats()).isEqualTo(before);
    assertThat(routes.logs()).isEmpty();
    Instant now = pace.now();
    agent.awaitPresence();
    assertThat(pace.now()).isEqualTo(now.plusSeconds(45));
    assertThat(messages()).containsExactly("line 1");
    await().until(() -> routes.streams() == 2);
  }

  @Test
  void order_whoseAnswerIsLost_isNotGivenTwice() throws Exception {
    agent.begin(session);
    loseOnce("create-instruction");
    agent.order(
        new Order(
            Duration.ZERO,
            "request-1",
            Instructions.MOVE_STAGE,
            "high",
            JsonNodeFactory.instance.objectNode(),
            1));
    assertThat(routes.instructions())
        .singleElement()
        .satisfies(i -> {
          assertThat(i.path("expires_in_minutes").intValue()).isEqualTo(1);
          assertThat(i.path("priority").asString()).isEqualTo("high");
        });
  }

  @Test
  void instruction_known_isReceivedAndThenEnds() throws Exception {
    routes.instruct("a", Instructions.REORDER_HOLES);
    agent.begin(session);
    await().until(() -> routes.acknowledged("a").size() == 2);
    assertThat(routes.acknowledged("a").getFirst()).isEqualTo("received");
    assertThat(routes.acknowledged("a").getLast()).isIn("processed", "failed");
  }

  @Test
  void instruction_unknown_isDeclined() throws Exception {
    routes.instruct("a", "coffee.make");
    agent.begin(session);
    await().until(() -> !routes.acknowledged("a").isEmpty());
    assertThat(routes.acknowledged("a")).containsExactly("declined");
  }

  @Test
  void instruction_whileThePauseLasts_isDeclined() throws Exception {
    agent.begin(session);
    agent.acquisition("paused");
    routes.instruct("a", Instructions.TAKE_IMAGE);
    agent.vanish(Duration.ofSeconds(1));
    agent.awaitPresence();
    await().until(() -> !routes.acknowledged("a").isEmpty());
    assertThat(routes.acknowledged("a")).containsExactly("declined");
  }

  @Test
  void outcomes_ofManyInstructions_areOfAllKinds() {
    List<String> seen =
        IntStream.range(0, 200)
            .mapToObj(i ->
                JsonNodeFactory.instance
                    .objectNode()
                    .put("instruction_id", "instruction-" + i * 7919)
                    .put("instruction_type", Instructions.SKIP_SQUARES))
            .map(i -> Instructions.of(i, false).status())
            .toList();
    assertThat(seen).contains("processed", "failed", "declined");
    assertThat(seen).filteredOn("processed"::equals).hasSizeGreaterThan(120);
  }
}

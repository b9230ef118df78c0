package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.agents.AgentSseEmitter;
import dev.freshet.agents.Agents;
import dev.freshet.agents.event.CallStatus;
import dev.freshet.agents.event.Decision;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.RunEndedException;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.agents.event.Step;
import dev.freshet.agents.event.ThoughtKind;
import dev.freshet.agents.report.HttpSink;
import dev.freshet.agents.run.RunSettings;
import dev.freshet.event.Json;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** An agent elsewhere that tells a server of its run. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AgentReportTest {
  private static final JsonNode PARAMS = Json.parse("{\"path\":\"a\"}").node();
  private static final String RUNS = "/api/agent/executions/";

  @TempDir private Path directory;
  private TestServer server;
  private String token;
  private TestClient ada;

  @BeforeEach
  void start() {
    server = TestServer.durable(Map.of(), new Agents(RunSettings.in(directory)));
    token = server.token("acme", "ada", List.of(), List.of("agents/runs"));
    ada = server.client(token);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private AgentSseEmitter emitter(int buffer, Duration pace) {
    HttpSink.Settings settings = new HttpSink.Settings(buffer, pace, Duration.ofSeconds(60));
    HttpSink sink = new HttpSink(URI.create(server.url()), () -> token, settings);
    return new AgentSseEmitter("ada", "mine", sink);
  }

  private AgentSseEmitter begun() {
    AgentSseEmitter emitter = emitter(100, Duration.ofMillis(10));
    emitter.executionStarted("Tell me");
    return emitter;
  }

  private Execution read(AgentSseEmitter emitter) {
    String body = ada.get(RUNS + emitter.executionId()).body();
    return Json.MAPPER.readValue(body, Execution.class);
  }

  private static void call(AgentSseEmitter emitter, String id) {
    emitter.toolStart(id, "read_file", PARAMS);
    emitter.toolComplete(id, Json.from("read").node());
  }

  @Test
  void wholeRun_isTheServersToo() {
    AgentSseEmitter emitter = emitter(100, Duration.ofSeconds(1));
    emitter.executionStarted("Tell me");
    emitter.phaseStart("p", "Work");
    for (int i = 0; i < 50; i++)
      emitter.thinkingDelta("t", 1, ThoughtKind.REASONING, "piece " + i + "\n");
    emitter.thinking("t", 1, ThoughtKind.REASONING, pieces());
    call(emitter, "c");
    emitter.phaseComplete("p");
    emitter.executionComplete("Told");
    emitter.close();
    Execution run = read(emitter);
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.external()).isTrue();
    assertThat(((Step.Thought) run.steps().getFirst()).text()).isEqualTo(pieces());
    assertThat(run.sequence()).isLessThan(20);
  }

  private static String pieces() {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 50; i++) all.append("piece ").append(i).append('\n');
    return all.toString();
  }

  @Test
  void run_throughDeathsOfTheServer_losesAndDoublesNothing_L1() throws InterruptedException {
    AgentSseEmitter emitter = emitter(5, Duration.ZERO);
    emitter.executionStarted("Tell me");
    Thread agent =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < 400; i++) call(emitter, "c" + i);
              emitter.executionComplete("Told");
              emitter.close();
            });
    for (int i = 0; i < 3; i++) {
      long before = read(emitter).sequence();
      await().atMost(Duration.ofSeconds(60)).until(() -> read(emitter).sequence() > before + 20);
      server.kill();
      server.begin();
    }
    agent.join();
    Execution run = read(emitter);
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.steps())
        .hasSize(400)
        .allMatch(s -> ((Step.Call) s).status() == CallStatus.SUCCEEDED);
    assertThat(run.sequence()).isEqualTo(802);
  }

  @Test
  void agentThatTellsMoreThanThereIsRoomFor_waits_R1() throws InterruptedException {
    AgentSseEmitter emitter = emitter(10, Duration.ZERO);
    emitter.executionStarted("Tell me");
    server.stop();
    Thread agent =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < 200; i++) call(emitter, "c" + i);
            });
    await().until(() -> agent.getState() == Thread.State.WAITING);
    server.begin();
    agent.join();
    emitter.close();
    assertThat(read(emitter).steps()).hasSize(200);
  }

  @Test
  void cancelledRun_stopsItsAgent() {
    AgentSseEmitter emitter = begun();
    ada.post(RUNS + emitter.executionId() + "/cancel", "{}");
    assertThatThrownBy(
            () -> {
              for (int i = 0; ; i++) call(emitter, "c" + i);
            })
        .isInstanceOf(RunEndedException.class)
        .hasMessageContaining("cancelled");
    emitter.close();
    assertThat(read(emitter).status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void question_isAnsweredByAPerson() throws InterruptedException {
    AgentSseEmitter emitter = begun();
    emitter.approvalRequested("a", "c", "read_file", PARAMS, Duration.ofMinutes(1));
    await().until(() -> read(emitter).status() == RunStatus.WAITING);
    ada.post(RUNS + emitter.executionId() + "/approvals/a", "{\"decision\":\"approve\"}");
    assertThat(emitter.awaitApproval("a", Duration.ofSeconds(30))).isEqualTo(Decision.APPROVED);
    call(emitter, "c");
    emitter.approvalRequested("b", "d", "read_file", PARAMS, Duration.ofMillis(1));
    assertThat(emitter.awaitApproval("b", Duration.ofMillis(300))).isEqualTo(Decision.EXPIRED);
    emitter.executionComplete("Told");
    emitter.close();
    Execution run = read(emitter);
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.approvals())
        .extracting(a -> a.decision())
        .containsExactly(Decision.APPROVED, Decision.EXPIRED);
  }

  @Test
  void agentThatWaitsForAPerson_isNotTakenForSilent() throws InterruptedException {
    RunSettings usual = RunSettings.in(directory);
    RunSettings impatient =
        new RunSettings(
            directory,
            usual.running(),
            usual.tenantRunning(),
            usual.preview(),
            usual.thought(),
            usual.eventBytes(),
            usual.approval(),
            Duration.ofSeconds(2),
            usual.keep());
    server.close();
    Agents agents = new Agents(impatient);
    server = TestServer.durable(Map.of(), agents);
    ada = server.client(token);
    AgentSseEmitter own = agents.emitter(server.freshet().tenant("acme"), "ada", "own");
    for (AgentSseEmitter emitter : List.of(emitter(100, Duration.ofMillis(10)), own)) {
      emitter.executionStarted("Tell me");
      emitter.approvalRequested("a", "c", "read_file", PARAMS, null);
      assertThat(emitter.awaitApproval("a", Duration.ofSeconds(4))).isEqualTo(Decision.EXPIRED);
      emitter.executionComplete("Told");
      emitter.close();
      assertThat(read(emitter).status()).isEqualTo(RunStatus.COMPLETED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"after\":1e30,\"events\":[]}",
        "{\"after\":99999999999999999999,\"events\":[]}",
        "{\"after\":1,\"events\":[{\"type\":\"tool:start\",\"data\":{\"callId\":\"\\ud800\",\"toolName\":\"t\",\"params\":{}}}]}",
        "{\"after\":1,\"events\":[{\"type\":\"tool:start\",\"data\":{\"callId\":\"c\",\"toolName\":\"t\",\"params\":[]}}]}",
        "{\"after\":1,\"events\":[{\"type\":\"tool:start\",\"data\":{\"callId\":\"c\",\"toolName\":\"t\",\"params\":null}}]}",
        "{\"after\":1,\"events\":[{\"type\":\"plan:created\",\"data\":{\"plan\":{\"goal\":\"g\",\"phases\":[null]}}}]}",
        "{\"after\":1,\"events\":[{\"type\":\"plan:created\",\"data\":{\"plan\":{\"goal\":null,\"phases\":[]}}}]}",
        "{\"after\":1,\"events\":[{\"type\":\"plan:created\",\"data\":{\"plan\":{\"goal\":\"g\"}}}]}",
        "{\"after\":1,\"events\":[{\"type\":\"thinking:delta\",\"data\":{\"thoughtId\":\"t\",\"iteration\":1,\"kind\":\"x\",\"at\":0,\"delta\":\"d\"}}]}",
        "{\"after\":1,\"events\":[{\"type\":\"thinking:delta\",\"data\":{\"thoughtId\":\"t\",\"iteration\":1,\"kind\":\"answer\",\"at\":99999999999,\"delta\":\"d\"}}]}",
        "{\"after\":1,\"events\":[{\"type\":\"execution:cancelled\",\"data\":{\"by\":null,\"duration\":1}}]}",
        "{\"after\":1,\"events\":[{\"type\":\"execution:error\",\"data\":{\"error\":\"e\",\"code\":\"agent_failed\",\"duration\":1,\"open\":7}}]}",
        "{\"after\":1,\"events\":[{\"type\":\"usage:updated\",\"data\":{\"usage\":{\"inputTokens\":1e400,\"outputTokens\":0,\"totalTokens\":0,\"cost\":null,\"iterations\":0}}}]}",
        "{\"after\":1,\"events\":[{\"type\":\"phase:start\",\"data\":{\"timestamp\":\"x\",\"phaseId\":\"p\",\"phaseName\":\"p\",\"phaseIndex\":0}}]}",
        "{\"after\":1,\"events\":[{\"type\":\"tool:complete\",\"data\":{\"callId\":\"c\",\"toolName\":\"t\",\"status\":\"succeeded\",\"duration\":1,\"files\":[null]}}]}",
        "{\"after\":1,\"events\":[{\"type\":\"tool:complete\",\"data\":{\"callId\":\"c\",\"toolName\":\"t\",\"status\":\"succeeded\",\"duration\":1}}]}",
        "{\"after\":1,\"events\":[{\"type\":\"thinking\",\"data\":7}]}",
      })
  void reportThatIsNone_isRefused_R4(String report) {
    String id = begun().executionId();
    assertThat(ada.post(RUNS + id + "/events", report).statusCode()).isBetween(400, 422);
    assertThat(ada.get(RUNS + id).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"phase:start\",\"data\":{\"timestamp\":\"+1000000000-12-31T23:59:59Z\",\"phaseId\":\"p\",\"phaseName\":\"\\ud800\",\"phaseIndex\":0}}",
        "{\"type\":\"phase:start\",\"data\":{\"timestamp\":1e15,\"phaseId\":\"p\",\"phaseName\":\"p\",\"phaseIndex\":0}}",
        "{\"type\":\"thinking:delta\",\"data\":{\"thoughtId\":\"t\",\"iteration\":-1,\"kind\":\"answer\",\"at\":0,\"delta\":\"\\ud800\"}}",
        "{\"type\":\"usage:updated\",\"data\":{\"usage\":{\"inputTokens\":1,\"outputTokens\":0,\"totalTokens\":0,\"cost\":1e1000000000,\"iterations\":0}}}",
        "{\"type\":\"tool:start\",\"data\":{\"callId\":\"..\",\"toolName\":\"\\ud800\",\"params\":{\"__proto__\":1e999999999,\"\\u0000\":\"\\udfff\"}}}",
        "{\"type\":\"execution:cancelled\",\"data\":{\"by\":\"\\ud800\\u0000\",\"duration\":-1}}",
        "{\"type\":\"execution:complete\",\"data\":{\"result\":[[[{}]]],\"duration\":1,\"tokensUsed\":-1}}",
      })
  void oddReport_leavesARunThatCanBeReadAndEnded_R4(String event) {
    String id = begun().executionId();
    int status =
        ada.post(RUNS + id + "/events", "{\"after\":1,\"events\":[" + event + "]}").statusCode();
    assertThat(status).isBetween(200, 422);
    int cancelled = ada.post(RUNS + id + "/cancel", "{\"reason\":\"\\ud800\"}").statusCode();
    assertThat(cancelled).isIn(200, 409);
    assertThat(ada.get(RUNS + id).statusCode()).isEqualTo(200);
    assertThat(ada.get("/api/agent/stream/" + id, "Accept", "application/json").statusCode())
        .isEqualTo(200);
    assertThat(ada.get(RUNS + "?limit=10").statusCode()).isIn(200, 404);
  }

  @Test
  void oddNames_areRefusedOrCleaned_R1() {
    String odd =
        "{\"task\":\"\\ud800\",\"externalId\":\"\\ud800\",\"model\":{\"name\":\"\\ud800\",\"provider\":\"p\",\"scripted\":false}}";
    assertThat(ada.post("/api/agent/executions", odd).statusCode()).isEqualTo(201);
    String large =
        "{\"task\":\"t\",\"model\":{\"name\":\"%s\",\"provider\":\"p\",\"scripted\":false}}"
            .formatted("n".repeat(900_000));
    assertThat(ada.post("/api/agent/executions", large).statusCode()).isEqualTo(413);
    String id = begun().executionId();
    assertThat(ada.put(RUNS + id + "/viewers", "{\"viewers\":[\"\\ud800\"]}").statusCode())
        .isBetween(200, 422);
  }

  @Test
  void answer_whileTheAgentGoesOn_isTakenIntoAccount() {
    AgentSseEmitter emitter = begun();
    emitter.approvalRequested("a", "c", "read_file", PARAMS, null);
    await().until(() -> read(emitter).status() == RunStatus.WAITING);
    ada.post(RUNS + emitter.executionId() + "/approvals/a", "{\"decision\":\"reject\"}");
    call(emitter, "d");
    await().until(() -> read(emitter).steps().size() == 2);
    assertThatThrownBy(() -> emitter.toolStart("c", "read_file", PARAMS))
        .hasMessageContaining("G5");
    emitter.executionComplete("Told");
    emitter.close();
    assertThat(read(emitter).status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void emitter_thatBeginsAgain_goesOnWithItsRun_L3() {
    AgentSseEmitter first = begun();
    call(first, "c");
    first.close();
    AgentSseEmitter second = begun();
    assertThat(second.executionId()).isEqualTo(first.executionId());
    assertThatThrownBy(() -> call(second, "c")).hasMessageContaining("G5");
    second.executionComplete("Told");
    second.close();
    assertThat(read(second).sequence()).isEqualTo(4);
  }

  @Test
  void emitterWithoutAGrant_saysSo() {
    token = server.token("acme", "ada", List.of(), List.of());
    AgentSseEmitter emitter = emitter(10, Duration.ZERO);
    assertThatThrownBy(() -> emitter.executionStarted("x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("403");
  }

  @Test
  void emitterInTheServersProcess_isTheSame() throws InterruptedException {
    Agents agents = new Agents(RunSettings.in(directory));
    try (TestServer embedding = TestServer.start(Map.of(), agents)) {
      AgentSseEmitter emitter = agents.emitter(embedding.freshet().tenant("acme"), "ada", "own");
      emitter.executionStarted("Tell me");
      emitter.approvalRequested("a", "c", "read_file", PARAMS, null);
      TestClient owner = embedding.client(embedding.token("acme", "ada", List.of(), List.of()));
      owner.post(RUNS + emitter.executionId() + "/approvals/a", "{\"decision\":\"approve\"}");
      assertThat(emitter.awaitApproval("a", Duration.ofSeconds(30))).isEqualTo(Decision.APPROVED);
      call(emitter, "c");
      emitter.executionComplete("Told");
      Execution run =
          Json.MAPPER.readValue(owner.get(RUNS + emitter.executionId()).body(), Execution.class);
      assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(run.external()).isFalse();
    }
  }
}

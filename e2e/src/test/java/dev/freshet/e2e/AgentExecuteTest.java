package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.code;
import static dev.freshet.testkit.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.agents.Agent;
import dev.freshet.agents.Agents;
import dev.freshet.agents.Desk;
import dev.freshet.agents.Task;
import dev.freshet.agents.event.ErrorCode;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.Limits;
import dev.freshet.agents.event.Model;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.agents.run.RunSettings;
import dev.freshet.event.Json;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tasks that the server's own agent is given (PROTOCOL §8.9). */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AgentExecuteTest {
  private static final String EXECUTE = "/api/agent/execute";
  private static final String RUNS = "/api/agent/executions/";
  private static final JsonNode PARAMS = Json.parse("{}").node();

  @TempDir private Path directory;
  private final Puppet puppet = new Puppet();
  private TestServer server;
  private TestClient ada;
  private Described described;

  /** Does what the task says. */
  private static final class Puppet implements Agent {
    final Queue<String> notes = new ConcurrentLinkedQueue<>();
    final CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    public Offer offer() {
      Tool tool = new Tool("echo", "says it again", "ask", PARAMS);
      return new Offer(
          List.of(new Model("one", "puppets", true), new Model("two", "puppets", true)),
          List.of(tool),
          new Limits(10, 60, 1000, new BigDecimal("0.50")));
    }

    @Override
    public void run(Task task, Desk desk) throws InterruptedException {
      switch (task.task()) {
        case "sleep" -> sleep(desk);
        case "ask" -> ask(desk);
        case "fail" -> throw new IllegalStateException("secret");
        case "read" -> desk.emitter().executionComplete(file(task) + task.text());
        case "swell" -> swell(desk);
        default -> {}
      }
    }

    private static String file(Task task) {
      return task.files().getFirst().content();
    }

    private void sleep(Desk desk) throws InterruptedException {
      desk.onCancel(() -> notes.add("stopped"));
      desk.emitter().toolStart("c", "echo", PARAMS);
      try {
        Thread.sleep(Duration.ofMinutes(1));
      } catch (InterruptedException cancelled) {
        interrupted.countDown();
        throw cancelled;
      }
    }

    private static void ask(Desk desk) throws InterruptedException {
      Desk.Answer answer = desk.ask("c", "echo", PARAMS);
      desk.emitter().executionComplete(answer.decision().wire() + ": " + answer.reason());
      throw new IllegalStateException("after the end nobody hears this");
    }

    private static void swell(Desk desk) {
      String name = "n".repeat(1000);
      for (int i = 0; ; i++) {
        desk.emitter().phaseStart("p" + i, name);
        desk.emitter().phaseComplete("p" + i);
      }
    }
  }

  @BeforeEach
  void start() {
    RunSettings all = RunSettings.in(directory);
    RunSettings settings =
        new RunSettings(
            directory,
            3,
            20,
            all.preview(),
            all.thought(),
            64 << 10,
            Duration.ofMillis(1500),
            Duration.ofSeconds(2),
            all.keep());
    server = TestServer.durable(Map.of(), new Agents(settings, Optional.of(puppet)));
    ada = server.client(server.token("acme", "ada", List.of(), List.of("agents/runs")));
    described = new Described(ada.get("/openapi.json").body());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String execute(String task) {
    JsonNode run =
        described.check("post " + EXECUTE, 202, ada.post(EXECUTE, "{\"task\":\"" + task + "\"}"));
    return run.path("executionId").asString();
  }

  private Execution read(String id) {
    return Json.MAPPER.readValue(ada.get(RUNS + id).body(), Execution.class);
  }

  private Execution ended(String id) {
    await().atMost(Duration.ofSeconds(30)).until(() -> read(id).status().terminal());
    return read(id);
  }

  private void awaitSteps(String id, int count) {
    await().atMost(Duration.ofSeconds(30)).until(() -> read(id).steps().size() == count);
  }

  @Test
  void task_isCarriedOutWithItsFiles() {
    String body =
        "{\"task\":\"read\",\"model\":\"two\",\"limits\":{\"tokens\":10,\"cost\":0.5},"
            + "\"context\":{\"text\":\" and text\",\"files\":[{\"path\":\"in/a.txt\",\"content\":\"content\"}]}}";
    JsonNode run = described.check("post " + EXECUTE, 202, ada.post(EXECUTE, body));
    assertThat(run.at("/model/name").asString()).isEqualTo("two");
    assertThat(run.at("/limits/tokens").asLong()).isEqualTo(10);
    assertThat(run.at("/limits/iterations").asLong()).isEqualTo(10);
    Execution done = ended(run.path("executionId").asString());
    assertThat(done.result().asString()).isEqualTo("content and text");
  }

  @Test
  void sameKey_isTheSameRun_L3() {
    HttpResponse<String> first = ada.post(EXECUTE, "{\"task\":\"sleep\"}", "Idempotency-Key", "k");
    HttpResponse<String> again = ada.post(EXECUTE, "{\"task\":\"sleep\"}", "Idempotency-Key", "k");
    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again).path("executionId")).isEqualTo(json(first).path("executionId"));
    assertThat(ada.post(EXECUTE, "{\"task\":\"ask\"}", "Idempotency-Key", "k").statusCode())
        .isEqualTo(422);
  }

  @Test
  void requestBeyondWhatIsOffered_isRefused() {
    for (String more :
        List.of(
            "\"model\":\"three\"",
            "\"limits\":{\"tokens\":1001}",
            "\"limits\":{\"cost\":0.51}",
            "\"context\":{\"files\":[{\"path\":\"../a\",\"content\":\"\"}]}",
            "\"context\":{\"files\":[{\"path\":\"/a\",\"content\":\"\"}]}",
            "\"context\":{\"files\":[{\"path\":\"a\\\\b\",\"content\":\"\"}]}"))
      assertThat(ada.post(EXECUTE, "{\"task\":\"read\"," + more + "}").statusCode())
          .as(more)
          .isEqualTo(422);
    assertThat(json(ada.get("/api/agent/executions")).path("executions")).isEmpty();
  }

  @Test
  void offer_isTold() {
    JsonNode offer = described.check("get /api/agent/models", 200, ada.get("/api/agent/models"));
    assertThat(offer.at("/models/0/name").asString()).isEqualTo("one");
    assertThat(offer.at("/tools/0/policy").asString()).isEqualTo("ask");
  }

  @Test
  void cancelledRun_interruptsItsAgent() throws InterruptedException {
    String id = execute("sleep");
    awaitSteps(id, 1);
    assertThat(ada.post(RUNS + id + "/cancel", "{\"reason\":\"enough\"}").statusCode())
        .isEqualTo(200);
    assertThat(puppet.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    await().until(() -> puppet.notes.contains("stopped"));
    Execution run = read(id);
    assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(run.cancelled().reason()).isEqualTo("enough");
    assertThat(ada.post(RUNS + id + "/cancel", "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void question_isAnswered() {
    String id = execute("ask");
    awaitSteps(id, 1);
    String approval = read(id).approvals().getFirst().approvalId();
    ada.post(
        RUNS + id + "/approvals/" + approval, "{\"decision\":\"reject\",\"reason\":\"not now\"}");
    assertThat(ended(id).result().asString()).isEqualTo("rejected: not now");
  }

  @Test
  void question_thatNobodyAnswers_expires() {
    assertThat(ended(execute("ask")).result().asString()).isEqualTo("expired: null");
  }

  @Test
  void question_ofACancelledRun_endsTheWait() {
    String id = execute("ask");
    awaitSteps(id, 1);
    String approval = read(id).approvals().getFirst().approvalId();
    ada.post(RUNS + id + "/cancel", "{}");
    HttpResponse<String> late =
        ada.post(RUNS + id + "/approvals/" + approval, "{\"decision\":\"approve\"}");
    assertThat(code(late)).isEqualTo("execution_finished");
  }

  @Test
  void agentThatFails_endsItsRun_andTellsNoSecret() {
    Execution run = ended(execute("fail"));
    assertThat(run.error().code()).isEqualTo(ErrorCode.AGENT_FAILED);
    assertThat(run.error().message()).doesNotContain("secret");
    assertThat(ended(execute("nothing")).error().code()).isEqualTo(ErrorCode.AGENT_FAILED);
  }

  @Test
  void runThatGrowsTooLarge_isEnded_R1() {
    assertThat(ended(execute("swell")).error().code()).isEqualTo(ErrorCode.TOO_LARGE);
  }

  @Test
  void runOfAServerThatStopped_isInterrupted() {
    String id = execute("sleep");
    awaitSteps(id, 1);
    server.restart();
    Execution run = read(id);
    assertThat(run.error().code()).isEqualTo(ErrorCode.INTERRUPTED);
  }

  @Test
  void runOfAServerThatDied_isInterruptedAfterItsRestart() throws IOException {
    String id = execute("sleep");
    awaitSteps(id, 1);
    String token = server.token("acme", "ada", List.of(), List.of());
    String position;
    try (AgentStream watching = AgentStream.open(server.port(), token, id, "", "")) {
      position = watching.until("stream.live").id();
      server.kill();
    }
    server.begin();
    assertThat(read(id).error().code()).isEqualTo(ErrorCode.INTERRUPTED);
    try (AgentStream resumed = AgentStream.open(server.port(), token, id, "", position)) {
      resumed.all();
      assertThat(resumed.types()).contains("execution:error").endsWith("stream.end");
    }
  }

  @Test
  void reporterThatIsSilent_isGivenUp() {
    String id =
        json(ada.post("/api/agent/executions", "{\"task\":\"x\"}")).path("executionId").asString();
    Execution run = ended(id);
    assertThat(run.error().code()).isEqualTo(ErrorCode.INTERRUPTED);
  }

  @Test
  void tooManyAtOnce_areRefused_R1() {
    for (int i = 0; i < 3; i++) execute("sleep");
    HttpResponse<String> refused = ada.post(EXECUTE, "{\"task\":\"sleep\"}");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(code(refused)).isEqualTo("too_many_executions");
  }

  @Test
  void sameKey_whereThereIsNoRoomForAnother_isTheSameRun_L3() {
    String task = "{\"task\":\"sleep\"}";
    HttpResponse<String> first = ada.post(EXECUTE, task, "Idempotency-Key", "k");
    for (int i = 0; i < 2; i++) execute("sleep");
    HttpResponse<String> again = ada.post(EXECUTE, task, "Idempotency-Key", "k");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again).path("executionId")).isEqualTo(json(first).path("executionId"));
    assertThat(ada.post(EXECUTE, task, "Idempotency-Key", "other").statusCode()).isEqualTo(429);
    assertThat(ada.delete(RUNS + json(first).path("executionId").asString()).statusCode())
        .isEqualTo(204);
  }
}

package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.code;
import static dev.freshet.testkit.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.agents.event.CallStatus;
import dev.freshet.agents.event.ErrorCode;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.PhaseStatus;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.agents.event.Step;
import dev.freshet.application.Application;
import dev.freshet.event.Json;
import dev.freshet.server.Main;
import dev.freshet.server.config.Config;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server's own agent does, over the wire (PROTOCOL §8.9, The server's agent). */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ServerAgentTest {
  private static final String EXECUTE = "/api/agent/execute";
  private static final String RUNS = "/api/agent/executions/";
  private static final String PAGE = "Make a landing page for Mill Bridge Tea";

  @TempDir private Path data;
  private TestServer server;
  private String token;
  private TestClient ada;
  private Described described;

  private void start(String... settings) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "data", data.toString(),
                "agents.scripted-delay", "0s",
                "agents.pace", "0s",
                "stream.heartbeat", "1s"));
    for (int i = 0; i < settings.length; i += 2) all.put(settings[i], settings[i + 1]);
    Application[] applications = Main.applications(Config.of(all)).toArray(Application[]::new);
    server = TestServer.durable(all, applications);
    token = server.token("acme", "ada", List.of(), List.of("agents/runs"));
    ada = server.client(token);
    described = new Described(ada.get("/openapi.json").body());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String request(String task) {
    return Json.MAPPER.createObjectNode().put("task", task).toString();
  }

  private String execute(String request) {
    return described
        .check("post " + EXECUTE, 202, ada.post(EXECUTE, request))
        .path("executionId")
        .asString();
  }

  private Execution read(String id) {
    JsonNode run = described.check("get " + RUNS + "{execution_id}", 200, ada.get(RUNS + id));
    return Json.MAPPER.treeToValue(run, Execution.class);
  }

  /** Watches a run to its end; what was watched is what is read. */
  private Execution watched(String id) throws IOException {
    try (AgentStream stream = AgentStream.open(server.port(), token, id, "", "")) {
      stream.all();
      assertThat(stream.types()).contains("stream.end");
      Execution read = read(id);
      assertThat(stream.execution()).isEqualTo(read);
      return read;
    }
  }

  private Execution carriedOut(String task) throws IOException {
    return watched(execute(request(task)));
  }

  private Execution awaited(String id, RunStatus status) {
    await().atMost(Duration.ofSeconds(20)).until(() -> read(id).status() == status);
    return read(id);
  }

  private static List<Step.Call> calls(Execution run) {
    return run.steps().stream()
        .filter(Step.Call.class::isInstance)
        .map(Step.Call.class::cast)
        .toList();
  }

  private HttpResponse<String> answer(String id, String decision, String reason) {
    String approval = read(id).approvals().getLast().approvalId();
    ObjectNode body = Json.MAPPER.createObjectNode().put("decision", decision);
    if (!reason.isEmpty()) body.put("reason", reason);
    return ada.post(RUNS + id + "/approvals/" + approval, body.toString());
  }

  @Test
  void landingPage_isMade_andItsFilesCanBeFetched() throws IOException {
    start();
    String id = execute(request(PAGE));
    Execution run = watched(id);
    assertThat(run.error()).isNull();
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.model().scripted()).isTrue();
    assertThat(run.phases()).allMatch(phase -> phase.status() == PhaseStatus.COMPLETED);
    assertThat(run.files()).extracting(f -> f.path()).contains("index.html", "style.css");
    JsonNode files = json(ada.get(RUNS + id + "/files")).path("files");
    assertThat(files).hasSize(3);
    HttpResponse<String> page = ada.get(RUNS + id + "/files/index.html");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<title>Mill Bridge Tea</title>").contains("\"description\"");
    assertThat(page.body().length()).isEqualTo(files.get(0).path("bytes").asInt());
  }

  @Test
  void csv_thatCameWithTheTask_isSummarised() throws IOException {
    start();
    ObjectNode request = Json.MAPPER.createObjectNode().put("task", "Summarise rain.csv");
    request
        .putObject("context")
        .put("text", "from the gauge at the mill")
        .putArray("files")
        .addObject()
        .put("path", "gauges/rain.csv")
        .put("content", "day,mm\nMon,1.5\nTue,0\nWed,12.25\n");
    Execution run = watched(execute(request.toString()));
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.result().asString()).contains("| mm | 3 | 4.5833 | 0 | 12.25 |");
    assertThat(run.files()).extracting(f -> f.path()).containsExactly("summary.md");
  }

  @ParameterizedTest
  @CsvSource({
    "Do what must fail,     FAILED,    AGENT_FAILED",
    "Give me a data summary, COMPLETED,",
    "Sing a song,           COMPLETED,"
  })
  void otherTasks_endAsTheyShould(String task, RunStatus status, ErrorCode code)
      throws IOException {
    start();
    Execution run = carriedOut(task);
    assertThat(run.status()).isEqualTo(status);
    assertThat(run.error() == null ? null : run.error().code()).isEqualTo(code);
  }

  @Test
  void models_tellWhatThereIs_andTools() {
    start("agents.tools.edit-file", "ask", "agents.iterations", "7");
    JsonNode offer = described.check("get /api/agent/models", 200, ada.get("/api/agent/models"));
    assertThat(offer.at("/models/0/name").asString()).isEqualTo("scripted");
    assertThat(offer.at("/models/0/scripted").asBoolean()).isTrue();
    assertThat(offer.at("/limits/iterations").asInt()).isEqualTo(7);
    Map<String, String> policies = new HashMap<>();
    offer
        .path("tools")
        .forEach(t -> policies.put(t.path("name").asString(), t.path("policy").asString()));
    assertThat(policies)
        .hasSize(7)
        .containsEntry("edit_file", "ask")
        .containsEntry("calculate", "auto")
        .containsEntry("run_command", "never")
        .containsEntry("http_get", "never");
  }

  @Test
  void whatIsAboveTheServers_orNotServed_is422() {
    start("agents.iterations", "7");
    for (String body :
        List.of(
            "{\"task\":\"x\",\"limits\":{\"iterations\":8}}",
            "{\"task\":\"x\",\"limits\":{\"seconds\":601}}",
            "{\"task\":\"x\",\"limits\":{\"cost\":5.01}}",
            "{\"task\":\"x\",\"model\":\"gpt\"}",
            "{\"task\":\"x\",\"context\":{\"files\":[{\"path\":\"../x\",\"content\":\"\"}]}}",
            "{\"task\":\"\"}"))
      assertThat(ada.post(EXECUTE, body).statusCode()).as(body).isEqualTo(422);
  }

  @Test
  void filesOfTheTask_thatHaveNoPlace_areRefused_orEndTheRun() throws IOException {
    start("agents.file-bytes", "1KiB");
    for (String path :
        List.of("", ".", "../a", "/a", "a//b", ".freshet-x", "a\\b", "x".repeat(300)))
      assertThat(code(ada.post(EXECUTE, withFiles(path, "1")))).isEqualTo("invalid_request");
    assertThat(json(ada.get("/api/agent/executions")).path("executions")).isEmpty();
    for (String request :
        List.of(
            withFiles("a", "1", "a/b", "2"),
            withFiles("a", "1", "a", "2"),
            withFiles("a", "1".repeat(1025)))) {
      Execution run = watched(execute(request));
      assertThat(run.status()).isEqualTo(RunStatus.FAILED);
      assertThat(run.error().message()).contains("a file of the task has no place");
    }
  }

  private static String withFiles(String... pathsAndContents) {
    ObjectNode body = Json.MAPPER.createObjectNode().put("task", "Summarise");
    ArrayNode files = body.putObject("context").putArray("files");
    for (int i = 0; i < pathsAndContents.length; i += 2)
      files.addObject().put("path", pathsAndContents[i]).put("content", pathsAndContents[i + 1]);
    return body.toString();
  }

  @Test
  void limits_endTheRun() throws IOException {
    start("agents.scripted-delay", "20ms");
    Execution few = watched(execute("{\"task\":\"" + PAGE + "\",\"limits\":{\"iterations\":3}}"));
    assertThat(few.error().code()).isEqualTo(ErrorCode.ITERATIONS_EXCEEDED);
    assertThat(few.limits().iterations()).isEqualTo(3);
    Execution small = watched(execute("{\"task\":\"" + PAGE + "\",\"limits\":{\"tokens\":100}}"));
    assertThat(small.error().code()).isEqualTo(ErrorCode.TOKENS_EXCEEDED);
    Execution brief = watched(execute("{\"task\":\"" + PAGE + "\",\"limits\":{\"seconds\":1}}"));
    assertThat(brief.error().code()).isEqualTo(ErrorCode.TIME_EXCEEDED);
    assertThat(brief.duration()).isBetween(900L, 3000L);
  }

  @Test
  void approval_letsTheCallRun() throws IOException {
    start("agents.tools.edit-file", "ask");
    String id = execute(request(PAGE));
    awaited(id, RunStatus.WAITING);
    assertThat(answer(id, "approve", "").statusCode()).isEqualTo(200);
    Execution run = watched(id);
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.approvals().getFirst().by()).isEqualTo("ada");
    assertThat(calls(run).getLast().status()).isEqualTo(CallStatus.SUCCEEDED);
  }

  @Test
  void rejection_isToldToTheModel_withItsReason() throws IOException {
    start("agents.tools.edit-file", "ask");
    String id = execute(request(PAGE));
    awaited(id, RunStatus.WAITING);
    assertThat(answer(id, "reject", "we have one already").statusCode()).isEqualTo(200);
    Execution run = watched(id);
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.result().asString()).contains("we have one already");
    assertThat(calls(run).getLast().status()).isEqualTo(CallStatus.REJECTED);
  }

  @Test
  void approvalThatNobodyGives_expires_andTheModelIsTold() throws IOException {
    start("agents.tools.edit-file", "ask", "agents.approval", "1s");
    Execution run = carriedOut(PAGE);
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(calls(run).getLast().status()).isEqualTo(CallStatus.EXPIRED);
    assertThat(run.result().asString()).contains("nobody approved");
  }

  @Test
  void cancelling_endsTheCommandThatRuns_withinASecond() throws Exception {
    start("agents.commands", "sleep", "agents.tools.run-command", "auto");
    String id = execute(request("Run `sleep 4325`"));
    await().until(() -> sleeping() == 1);
    HttpResponse<String> cancelled = ada.post(RUNS + id + "/cancel", "{\"reason\":\"enough\"}");
    assertThat(cancelled.statusCode()).isEqualTo(200);
    await().atMost(Duration.ofSeconds(1)).until(() -> sleeping() == 0);
    Execution run = watched(id);
    assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(calls(run).getFirst().status()).isEqualTo(CallStatus.CANCELLED);
  }

  private static long sleeping() {
    return ProcessHandle.allProcesses().filter(ServerAgentTest::sleeps).count();
  }

  private static boolean sleeps(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
          .endsWith("sleep\0004325\0");
    } catch (IOException gone) {
      return false;
    }
  }

  @Test
  void cancelling_endsAModelThatThinks() throws IOException {
    start("agents.scripted-delay", "10s");
    String id = execute(request(PAGE));
    assertThat(ada.post(RUNS + id + "/cancel", "{}").statusCode()).isEqualTo(200);
    assertThat(watched(id).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(json(ada.post(RUNS + id + "/cancel", "{}")).path("status").asString())
        .isEqualTo("cancelled");
  }

  @Test
  void sameKey_isTheSameRun() throws IOException {
    start();
    HttpResponse<String> first = ada.post(EXECUTE, request("Sing"), "Idempotency-Key", "k");
    HttpResponse<String> again = ada.post(EXECUTE, request("Sing"), "Idempotency-Key", "k");
    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(again.statusCode()).isEqualTo(200);
    String id = json(first).path("executionId").asString();
    assertThat(json(again).path("executionId").asString()).isEqualTo(id);
    assertThat(ada.post(EXECUTE, request("Dance"), "Idempotency-Key", "k").statusCode())
        .isEqualTo(422);
    watched(id);
    assertThat(json(ada.get("/api/agent/executions")).path("executions")).hasSize(1);
  }

  @Test
  void restart_endsTheRunsUnderWay_asInterrupted() throws IOException {
    start("agents.scripted-delay", "200ms");
    String stopped = execute(request(PAGE));
    await().until(() -> read(stopped).currentPhase() != null);
    server.restart();
    Execution run = watched(stopped);
    assertThat(run.error().code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(run.phases().getFirst().status()).isEqualTo(PhaseStatus.FAILED);
  }

  @Test
  void crash_endsTheRunsUnderWay_asInterrupted() throws IOException {
    start("agents.scripted-delay", "200ms", "agents.commands", "sleep");
    String cut = execute(request(PAGE));
    await().until(() -> read(cut).currentPhase() != null);
    server.kill();
    server.begin();
    assertThat(watched(cut).error().code()).isEqualTo(ErrorCode.INTERRUPTED);
  }

  @Test
  void runsPastTheBound_are429_andMayBeTriedLater() {
    start("agents.scripted-delay", "10s", "agents.running", "2");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 2; i++) ids.add(execute(request(PAGE)));
    HttpResponse<String> refused = ada.post(EXECUTE, request(PAGE));
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(code(refused)).isEqualTo("too_many_executions");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    ada.post(RUNS + ids.getFirst() + "/cancel", "{}");
    await().until(() -> ada.post(EXECUTE, request(PAGE)).statusCode() == 202);
  }

  @Test
  void lateViewer_getsTheRunSoFar_andThenTheRest() throws IOException {
    start("agents.scripted-delay", "20ms", "agents.pace", "50ms");
    String id = execute(request(PAGE));
    await().until(() -> read(id).phases().size() == 3 && read(id).sequence() > 20);
    try (AgentStream late = AgentStream.open(server.port(), token, id, "", "")) {
      assertThat(late.until("execution:snapshot").data().path("sequence").asLong()).isPositive();
      late.all();
      assertThat(late.execution()).isEqualTo(read(id));
      assertThat(late.execution().status()).isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  void twoHundredRunsAtOnce_allComeToTheirEnds() throws Exception {
    start("agents.scripted-delay", "2ms", "agents.pace", "50ms");
    List<String> tasks = List.of(PAGE, "Summarise the CSV file", "fail", "Sing");
    Set<String> ids = new HashSet<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> begun = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String task = tasks.get(i % tasks.size());
        begun.add(callers.submit(() -> execute(request(task))));
      }
      for (Future<String> run : begun) ids.add(run.get());
    }
    assertThat(ids).hasSize(200);
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(500))
        .until(() ->
            json(ada.get("/api/agent/executions?status=running,waiting&limit=200"))
                .path("executions")
                .isEmpty());
    long failed = ids.stream().map(this::read).filter(r -> r.status() == RunStatus.FAILED).count();
    assertThat(failed).isEqualTo(50);
    assertThat(ids.stream().map(this::read).filter(r -> r.status() == RunStatus.COMPLETED))
        .hasSize(150);
    try (Stream<Path> directories = Files.list(data.resolve("agents/acme"))) {
      assertThat(directories).hasSize(200);
    }
  }

  @Test
  void deletedRun_takesItsFilesWithIt() throws IOException {
    start();
    String id = execute(request(PAGE));
    watched(id);
    assertThat(data.resolve("agents/acme/" + id + "/index.html")).exists();
    assertThat(ada.delete(RUNS + id).statusCode()).isEqualTo(204);
    assertThat(data.resolve("agents/acme/" + id)).doesNotExist();
    assertThat(ada.get(RUNS + id).statusCode()).isEqualTo(404);
  }
}

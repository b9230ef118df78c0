package dev.freshet.agents.orchestrator;

import dev.freshet.agents.AgentSink;
import dev.freshet.agents.AgentSseEmitter;
import dev.freshet.agents.Desk;
import dev.freshet.agents.Task;
import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.Decision;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.Limits;
import dev.freshet.agents.event.Model;
import dev.freshet.agents.event.Reduction;
import dev.freshet.agents.event.Step;
import dev.freshet.agents.model.Models;
import dev.freshet.agents.tool.Commands;
import dev.freshet.agents.tool.Policy;
import dev.freshet.agents.tool.Sandbox;
import dev.freshet.agents.tool.SandboxPath;
import dev.freshet.agents.tool.Toolbox;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run of the orchestrator without a server: its events, held against the grammar as they come.
 */
final class Bench implements Desk, AgentSink {
  final Path directory;
  final Map<String, Policy> policies = new HashMap<>();
  final List<String> commands = new ArrayList<>();
  Models models = new Models(scripted(Duration.ZERO));
  Limits limits = new Limits(50, 600, 1_000_000, new BigDecimal("1"));
  Sandbox.Bounds bounds = new Sandbox.Bounds(1 << 20, 100, 1 << 22);
  Duration toolTime = Duration.ofSeconds(30);
  Duration pace = Duration.ZERO;
  int conversation = 400_000;

  /** What a person answers to each call that is asked about. */
  Answer answer = new Answer(Decision.APPROVED, null);

  /** How long that takes. */
  Duration answering = Duration.ZERO;

  private final Reduction run = new Reduction();
  private final List<AgentEvent> events = new ArrayList<>();
  private final Map<String, CountDownLatch> awaited = new ConcurrentHashMap<>();
  private final AgentSseEmitter emitter = new AgentSseEmitter("ada", "run1", this);
  private @Nullable Thread working;

  Bench(Path disk) throws IOException {
    directory = Files.createDirectories(disk.resolve("agents/t/run1"));
  }

  static Models.Settings scripted(Duration delay) {
    Models.Settings usual = Models.Settings.DEFAULT;
    return new Models.Settings(
        usual.provider(),
        List.of(),
        "",
        "",
        Map.of(),
        usual.outputTokens(),
        0,
        usual.timeout(),
        delay);
  }

  Bench file(String path, String content) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return this;
  }

  private Orchestrator orchestrator() {
    Toolbox tools =
        new Toolbox(
            new Toolbox.Settings(
                policies,
                List.of("127.0.0.1"),
                true,
                Commands.of(commands),
                toolTime,
                Duration.ofSeconds(30),
                32 << 10,
                500));
    return new Orchestrator(
        new Orchestrator.Settings(limits, bounds, toolTime, conversation, 3, pace), models, tools);
  }

  /** Carries out a task, to its end. */
  Execution run(String task) throws InterruptedException {
    return run(task, null);
  }

  Execution run(String task, @Nullable String text) throws InterruptedException {
    begin(task, text).join();
    return execution();
  }

  Thread begin(String task, @Nullable String text) {
    Model model = models.models().getFirst();
    append((none, now) ->
        new AgentEvent.ExecutionStarted(now, "run1", task, "ada", now, model, limits, false));
    Task given = new Task("t", "run1", "ada", task, text, List.of(), directory, model, limits);
    working =
        Thread.ofVirtual()
            .start(() -> {
              try {
                orchestrator().run(given, this);
              } catch (InterruptedException stopped) {
                // As a cancelled run is.
              }
            });
    return working;
  }

  /** Ends the run as its owner does. */
  void cancel() {
    emitter.executionCancelled("ada", null);
    if (working != null) working.interrupt();
  }

  synchronized Execution execution() {
    return run.execution();
  }

  synchronized List<AgentEvent> events() {
    return List.copyOf(events);
  }

  <E extends AgentEvent> List<E> events(Class<E> type) {
    return events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<Step.Call> calls() {
    return execution().steps().stream()
        .filter(Step.Call.class::isInstance)
        .map(Step.Call.class::cast)
        .toList();
  }

  Step.Call call(String tool) {
    return calls().stream().filter(c -> c.toolName().equals(tool)).findFirst().orElseThrow();
  }

  String read(String path) throws Exception {
    return new String(
        Sandbox.at(directory, bounds).read(SandboxPath.parse(path)).orElseThrow(),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Returns when an event of the type has come. */
  void await(Class<? extends AgentEvent> type) throws InterruptedException {
    CountDownLatch latch =
        awaited.computeIfAbsent(type.getSimpleName(), t -> new CountDownLatch(1));
    if (events(type).isEmpty()) latch.await();
  }

  @Override
  public synchronized void append(Making making) {
    AgentEvent event = making.of(run, Instant.now());
    run.accept(event);
    events.add(event);
    awaited
        .computeIfAbsent(event.getClass().getSimpleName(), t -> new CountDownLatch(1))
        .countDown();
  }

  @Override
  public AgentSseEmitter emitter() {
    return emitter;
  }

  @Override
  public Answer ask(String callId, String toolName, JsonNode params) throws InterruptedException {
    emitter.approvalRequested("a" + callId, callId, toolName, params, Duration.ofMinutes(1));
    Thread.sleep(answering);
    emitter.approvalResolved("a" + callId, answer.decision(), "ada", answer.reason());
    return answer;
  }

  @Override
  public synchronized boolean ended() {
    return run.ended();
  }

  @Override
  public void onCancel(Runnable stop) {}

  @Override
  public String start(String user, String executionId, String task, @Nullable Model model) {
    throw new UnsupportedOperationException("the run has begun");
  }

  @Override
  public int thoughtUnits() {
    return 16 << 10;
  }

  @Override
  public void close() {}
}

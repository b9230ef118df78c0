package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.FreshetClient;
import dev.freshet.client.StateTopic;
import dev.freshet.client.StateValue;
import dev.freshet.client.TokenSource;
import dev.freshet.microscopy.Microscopy;
import dev.freshet.simulator.Instrument;
import dev.freshet.simulator.MicroscopySession;
import dev.freshet.simulator.Recorder;
import dev.freshet.simulator.Replay;
import dev.freshet.simulator.Report;
import dev.freshet.simulator.Simulation;
import dev.freshet.simulator.Subject;
import dev.freshet.testkit.TestServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Simulated microscopes against the real server. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SimulatorTest {
  private static final List<String> INSTRUMENTS = List.of("instruments/**");
  private static final Duration LONG = Duration.ofMinutes(3);

  /** Silence is seen after two missing heartbeats. */
  private final TestServer server = server();

  private final URI url = URI.create(server.url());
  private final FreshetClient operator = client(server);
  private final List<Thread> running = new ArrayList<>();

  @TempDir private Path directory;

  private static TestServer server() {
    return TestServer.durable(
        Map.of(),
        new Microscopy(
            new Microscopy.Settings(Duration.ofSeconds(5), Duration.ofSeconds(8), 500, 5000)));
  }

  private static TokenSource tokens(TestServer of) {
    return TokenSource.of(of.token("facility", "agents", INSTRUMENTS, INSTRUMENTS));
  }

  private static FreshetClient client(TestServer of) {
    return FreshetClient.to(URI.create(of.url())).tokens(tokens(of)).build();
  }

  @AfterEach
  void close() throws InterruptedException {
    stop();
    operator.close();
    server.close();
  }

  private void stop() throws InterruptedException {
    running.forEach(Thread::interrupt);
    for (Thread thread : running) thread.join();
    running.clear();
  }

  private Simulation simulation(URI to, String name, long seed, double speed) {
    Instrument instrument = new Instrument(name, tokens(server));
    Simulation.Settings settings = Simulation.Settings.of(seed, speed).away(Duration.ofSeconds(12));
    return new Simulation(to, instrument, settings);
  }

  private void start(Simulation simulation) {
    running.add(Thread.startVirtualThread(simulation::run));
  }

  @Test
  void session_reportedThroughARestart_isCountedExactly_L3() throws Exception {
    Simulation simulation = ofOneGrid(url);
    MicroscopySession session = simulation.session(0);
    start(simulation);
    StateTopic progress = progress(session);
    await().atMost(LONG).until(() -> member(progress, "micrograph_count").asInt(0) > 20);
    server.restart();
    await().atMost(LONG).until(() -> member(progress, "status").asString("").equals("completed"));
    assertThat(member(progress, "gridsquare_count").intValue())
        .isEqualTo(created(session, Subject.GRID_SQUARE));
    assertThat(member(progress, "foilhole_count").intValue())
        .isEqualTo(created(session, Subject.FOIL_HOLE));
    assertThat(member(progress, "micrograph_count").intValue())
        .isEqualTo(created(session, Subject.MICROGRAPH));
    assertThat(sessions()).hasSizeLessThanOrEqualTo(1);
    assertLogIsNotDoubled();
  }

  private StateTopic progress(MicroscopySession session) {
    return operator.state("instruments/m12/acquisitions/" + session.uuid() + "/progress");
  }

  private List<JsonNode> sessions() throws InterruptedException {
    return operator
        .send("GET", "/debug/sessions", null)
        .body()
        .path("active_sessions")
        .valueStream()
        .toList();
  }

  private void assertLogIsNotDoubled() throws InterruptedException {
    assertThat(log(operator)).isNotEmpty().doesNotHaveDuplicates();
  }

  /** Without what the server adds. */
  private static List<String> log(FreshetClient from) throws InterruptedException {
    return Dashboard.log(from, 5000).stream()
        .map(line ->
            line.path("timestamp").asString()
                + " "
                + line.path("level").asString()
                + " "
                + line.path("message").asString())
        .toList();
  }

  private Simulation ofOneGrid(URI to) {
    return LongStream.range(0, 100)
        .mapToObj(seed -> simulation(to, "m12", seed, 1000))
        .filter(simulation -> simulation.session(0).grids() == 1)
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode member(StateTopic progress, String name) throws InterruptedException {
    return progress
        .get()
        .map(StateValue::value)
        .map(v -> v.path(name))
        .orElseGet(SimulatorTest::none);
  }

  private static JsonNode none() {
    return MissingNode.getInstance();
  }

  private static int created(MicroscopySession session, Subject subject) {
    return session.reports().stream()
        .filter(r -> r.subject() == subject && r.method().equals("POST") && r.body() != null)
        .mapToInt(SimulatorTest::entities)
        .sum();
  }

  private static int entities(Report report) {
    JsonNode body = report.body();
    if (body.has("gridsquares")) return body.path("gridsquares").size();
    return body.isArray() ? body.size() : 1;
  }

  @Test
  void threeMicroscopes_atHighSpeed_showEveryState() {
    try (Dashboard dashboard = new Dashboard(operator)) {
      for (String name : List.of("m12", "m13", "m14")) start(simulation(url, name, 1, 400));
      await()
          .atMost(LONG)
          .untilAsserted(() -> {
            assertThat(dashboard.seen("agent.status status"))
                .contains("online", "stale", "offline");
            assertThat(dashboard.seen("acquisition.progress status"))
                .contains("planned", "started", "paused", "completed", "abandoned");
            assertThat(dashboard.seen("instruction.lifecycle status"))
                .contains("pending", "sent", "acknowledged", "cancelled");
            assertThat(dashboard.seen("instruction.lifecycle ack_status"))
                .contains("received", "processed", "failed", "declined");
            assertThat(dashboard.seen("agent.log level"))
                .contains("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL");
          });
    }
  }

  @Test
  void recording_replayedElsewhereThroughARestart_givesTheSame_andRenamed_givesItAgain()
      throws Exception {
    Path file = directory.resolve("session.jsonl");
    record(file);
    assertThat(Files.readString(file)).doesNotContainIgnoringCase("bearer").contains("/heartbeat");
    try (TestServer second = server();
        FreshetClient there = client(second)) {
      CompletableFuture<Replay.Outcome> replay =
          CompletableFuture.supplyAsync(() -> replay(second, file, false));
      await().atMost(LONG).until(() -> count(there, "/micrographs") > 20);
      second.restart();
      Replay.Outcome outcome = replay.get();
      assertThat(outcome.examples()).isEmpty();
      assertThat(outcome.different()).isZero();
      assertThat(seen(there)).isEqualTo(seen(operator));
      assertThat(log(there)).isEqualTo(log(operator));
      int acquisitions = count(there, "/acquisitions");
      Replay.Outcome renamed = replay(second, file, true);
      assertThat(renamed.examples()).isEmpty();
      assertThat(count(there, "/acquisitions")).isEqualTo(2 * acquisitions);
      assertThat(log(there)).hasSize(2 * log(operator).size());
    }
  }

  private void record(Path file) throws Exception {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Recorder recorder = new Recorder(free, url, file)) {
      Simulation simulation = ofOneGrid(URI.create("http://127.0.0.1:" + recorder.port()));
      StateTopic progress = progress(simulation.session(0));
      start(simulation);
      await().atMost(LONG).until(() -> member(progress, "status").asString("").equals("completed"));
      stop();
    }
  }

  private static Replay.Outcome replay(TestServer to, Path file, boolean rename) {
    try {
      return new Replay(URI.create(to.url()), tokens(to), file, 20, rename).run();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static int count(FreshetClient at, String list) throws InterruptedException {
    return at.send("GET", list + "?limit=1000", null).body().size();
  }

  /** The acquisitions with their counters, and the micrographs with their results. */
  private static List<Object> seen(FreshetClient at) throws InterruptedException {
    List<Object> all = new ArrayList<>();
    for (JsonNode acquisition : at.send("GET", "/acquisitions", null).body()) {
      String uuid = acquisition.path("uuid").asString();
      all.add(acquisition);
      all.add(
          at.state("instruments/m12/acquisitions/" + uuid + "/progress")
              .get()
              .orElseThrow()
              .value());
    }
    at.send("GET", "/micrographs", null).body().forEach(all::add);
    return all;
  }
}

package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.agents.AgentSseEmitter;
import dev.freshet.agents.event.CallStatus;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.agents.event.Step;
import dev.freshet.agents.report.HttpSink;
import dev.freshet.event.Json;
import dev.freshet.server.auth.Identity;
import dev.freshet.server.auth.TokenIssuer;
import dev.freshet.server.config.Config;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server that is killed in the middle of a run, as {@code kill -9} does. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class AgentCrashTest {
  private static final JsonNode PARAMS = Json.parse("{}").node();
  private static final int CALLS = 300;
  private static final int ROUNDS = 2;

  @TempDir private Path directory;

  private Process start(int port) throws IOException {
    Path log = directory.resolve("log-" + System.nanoTime());
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlogback.configurationFile=none.xml",
                AgentServer.class.getName(),
                Integer.toString(port),
                directory.resolve("data").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> !process.isAlive() || Files.readString(log).contains("listening on"));
    assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
    return process;
  }

  private static String token() {
    Config config = Config.of(Map.of("auth.secret", TestServer.SECRET));
    byte[] secret = TestServer.SECRET.getBytes(StandardCharsets.UTF_8);
    return new TokenIssuer(secret, config.auth(), InstantSource.system())
        .issue(new Identity("acme", "ada", List.of(), List.of("agents/runs")), Duration.ofHours(1));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Execution read(TestClient client, String id) {
    String body = client.get("/api/agent/executions/" + id).body();
    return Json.MAPPER.readValue(body, Execution.class);
  }

  @Test
  void reportedRun_throughKills_losesAndDoublesNothing_L1_U2() throws Exception {
    int port = freePort();
    String token = token();
    String url = "http://127.0.0.1:" + port;
    TestClient client = new TestClient(url, token);
    Process server = start(port);
    HttpSink.Settings settings = new HttpSink.Settings(10, Duration.ZERO, Duration.ofMinutes(2));
    AgentSseEmitter emitter =
        new AgentSseEmitter("ada", "mine", new HttpSink(URI.create(url), () -> token, settings));
    emitter.executionStarted("Work through kills");
    String id = emitter.executionId();
    Thread agent = Thread.ofVirtual().start(() -> work(emitter));
    List<AgentStream.Frame> seen = new ArrayList<>();
    String position = "";
    for (int round = 0; round < ROUNDS; round++) {
      position = watch(port, token, id, position, seen, 60);
      server.destroyForcibly().waitFor();
      server = start(port);
    }
    agent.join();
    watch(port, token, id, position, seen, Integer.MAX_VALUE);
    Execution run = read(client, id);
    server.destroyForcibly().waitFor();
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.steps())
        .hasSize(CALLS)
        .allMatch(step -> ((Step.Call) step).status() == CallStatus.SUCCEEDED);
    assertThat(run.sequence()).isEqualTo(2 * CALLS + 2);
    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen.subList(1, seen.size()))
        .extracting(frame -> frame.data().path("callId").asString(""))
        .endsWith(called(seen.size() - 1));
  }

  private static void work(AgentSseEmitter emitter) {
    for (int i = 0; i < CALLS; i++) {
      emitter.toolStart("c" + i, "step", PARAMS);
      emitter.toolComplete("c" + i, Json.from(i).node());
    }
    emitter.executionComplete("Done");
    emitter.close();
  }

  /** The last ids of calls that a viewer sees, and the end that has none. */
  private static String[] called(int count) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) all.addAll(List.of("c" + i, "c" + i));
    all.add("");
    return all.subList(all.size() - count, all.size()).toArray(String[]::new);
  }

  /** Follows the run for so many events, or to its end; returns the position after them. */
  private static String watch(
      int port, String token, String id, String from, List<AgentStream.Frame> seen, int most) {
    try (AgentStream stream = AgentStream.open(port, token, id, "", from)) {
      if (most == Integer.MAX_VALUE) stream.all();
      else while (stream.events().size() < most) stream.until("tool:complete");
      seen.addAll(stream.events());
      return stream.events().isEmpty() ? from : stream.events().getLast().id();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

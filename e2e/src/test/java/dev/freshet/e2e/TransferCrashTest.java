package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.event.Json;
import dev.freshet.server.auth.Identity;
import dev.freshet.server.auth.TokenIssuer;
import dev.freshet.server.config.Config;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A server that is killed in the middle of a transfer, as {@code kill -9} does. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class TransferCrashTest {
  private static final int SIZE = 6_000_000;
  private static final int ROUNDS = 2;

  @TempDir private Path directory;

  private Process start(int port) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlogback.configurationFile=none.xml",
                "dev.freshet.server.Main",
                "serve",
                "--port=" + port,
                "--data=" + directory.resolve("data"),
                "--set=auth.secret=" + TestServer.SECRET,
                "--set=tasks.roots=" + directory.resolve("incoming"),
                "--set=tasks.private-addresses=true",
                "--set=tasks.interval=100ms",
                "--set=tasks.part=1MiB"));
    Path log = directory.resolve("log-" + System.nanoTime());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
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
        .issue(new Identity("acme", "me", List.of("**"), List.of("**")), Duration.ofHours(1));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void transfer_throughKills_resumesAndVerifies_L1() throws Exception {
    Files.createDirectory(directory.resolve("incoming"));
    int port = freePort();
    TestClient client = new TestClient("http://127.0.0.1:" + port, token());
    Process process = start(port);
    try (RangeServer source = new RangeServer(SIZE).pause(25)) {
      String path = "/api/v1/tasks/" + create(client, source);
      long seen = 0;
      for (int round = 0; round < ROUNDS; round++) {
        long enough = seen + SIZE / 4;
        await().atMost(Duration.ofSeconds(60)).until(() -> done(client, path) > enough);
        seen = done(client, path);
        process.destroyForcibly().waitFor();
        int before = source.ranges().size();
        process = start(port);
        long kept = seen;
        await().atMost(Duration.ofSeconds(30)).until(() -> source.ranges().size() > before);
        await().atMost(Duration.ofSeconds(30)).until(() -> done(client, path) >= kept / 2);
      }
      source.pause(0);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !task(client, path).path("finishedAt").isNull());
      JsonNode task = task(client, path);
      assertThat(task.path("status").asString()).as("%s", task).isEqualTo("completed");
      assertThat(task.at("/subtasks/0/sha256").asString()).isEqualTo(sum(source.bytes()));
      assertThat(directory.resolve("incoming/acme/file.bin")).hasBinaryContent(source.bytes());
      assertThat(asked(source)).isLessThan(2L * SIZE);
      try (var left = Files.list(directory.resolve("incoming/acme"))) {
        assertThat(left).hasSize(1);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static String create(TestClient client, RangeServer source) throws Exception {
    ObjectNode request = Json.MAPPER.createObjectNode().put("kind", "transfer");
    request
        .putObject("params")
        .putArray("sources")
        .addObject()
        .put("url", source.url())
        .put("sha256", sum(source.bytes()));
    var answer = client.post("/api/v1/tasks", request.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer).path("id").asString();
  }

  private static JsonNode task(TestClient client, String path) {
    return json(client.get(path));
  }

  private static long done(TestClient client, String path) {
    return task(client, path).at("/progress/bytesDone").asLong();
  }

  /**
   * Starts of ranges that were not at the start of a part: what was kept was not asked for again.
   */
  private static long asked(RangeServer source) {
    long parts = 4;
    return source.ranges().stream()
        .map(range -> range.replace("bytes=", "").split("-", 2))
        .mapToLong(range -> Long.parseLong(range[1]) - Long.parseLong(range[0]) + 1)
        .skip(parts)
        .sum();
  }

  private static String sum(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}

package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.microscopy.Microscopy;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as a process of its own: what it prints, and how it ends. */
class CommandLineTest {
  private static final List<String> ANY = List.of("**");

  @TempDir private Path directory;

  /** How a command ended. */
  private record Result(int code, String out, String err) {}

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlogback.configurationFile=none.xml",
                "dev.freshet.server.Main"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectError(directory.resolve("err").toFile())
        .redirectOutput(directory.resolve("out").toFile())
        .start();
  }

  private Result run(String... arguments) throws Exception {
    Process process = start(arguments);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), text("out"), text("err"));
  }

  private String text(String file) throws IOException {
    return Files.readString(directory.resolve(file), StandardCharsets.UTF_8);
  }

  private String data() {
    return "--data=" + directory.resolve("data");
  }

  @Test
  void token_printsTheTokenAlone_andItsServerTakesIt_untilItIsToldToEnd_R3() throws Exception {
    Result token =
        run(
            "token",
            "--tenant",
            "acme",
            "--subject",
            "me",
            "--read",
            "**",
            "--write",
            "a/**",
            data());
    assertThat(token.code()).as(token.err()).isZero();
    assertThat(token.out()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\\R");
    assertThat(token.err()).contains("made a random secret");
    int port = freePort();
    Process server = start("serve", "--port", Integer.toString(port), data());
    TestClient client = new TestClient("http://127.0.0.1:" + port, token.out().strip());
    awaitListening(server);
    assertThat(client.post("/v1/events", "{\"topic\":\"a/1\",\"type\":\"x\"}").statusCode())
        .isEqualTo(201);
    server.destroy();
    assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isZero();
  }

  private void awaitListening(Process server) {
    await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> !server.isAlive() || text("err").contains("listening on"));
    assertThat(server.isAlive()).isTrue();
  }

  @Test
  void log_asJson_holdsTheMessageAsItReads() throws Exception {
    String log =
        run("token", "--tenant=a", "--subject=b", "--set=logging.format=json", data()).err();
    assertThat(log.replace("\\/", "/"))
        .contains("for tokens in " + directory.resolve("data/secret"))
        .doesNotContain("tokens in {}");
  }

  @Test
  void demo_toldToEnd_saysNothingOfItsSimulator_R3() throws Exception {
    Process demo = start("demo", "--port=0", data());
    await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> !demo.isAlive() || text("out").contains("#login="));
    // As Ctrl-C does, which reaches both.
    demo.descendants().forEach(ProcessHandle::destroy);
    demo.destroy();
    assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(demo.exitValue()).isZero();
    assertThat(text("err")).doesNotContain("microscope");
  }

  @Test
  void record_thenReplay_tellWhatTheyDid() throws Exception {
    Path file = directory.resolve("session.jsonl");
    try (TestServer server = TestServer.start(Map.of(), new Microscopy())) {
      Process recorder =
          start("record", "microscopy", "--listen=:0", "--url=" + server.url(), file.toString());
      await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> !recorder.isAlive() || text("out").contains("agents report to"));
      String proxy = text("out").replaceAll("(?s).*agents report to (\\S+)\\s*", "$1");
      TestClient agent = new TestClient(proxy, server.token("t", "a", ANY, ANY));
      assertThat(
              agent
                  .post("/acquisitions", "{\"uuid\":\"a\",\"instrument_id\":\"m12\"}")
                  .statusCode())
          .isEqualTo(201);
      recorder.destroy();
      assertThat(recorder.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(recorder.exitValue()).isZero();
      assertThat(text("err")).contains("reports in " + file + ": 1");
      String[] replay = {
        "replay",
        "microscopy",
        "--url=" + server.url(),
        "--token=" + server.token("t", "a", ANY, ANY),
        file.toString()
      };
      Result known = run(replay);
      assertThat(known.code()).isEqualTo(1);
      assertThat(known.out())
          .contains("409 where 201 was recorded", "reports sent: 1, answered otherwise: 1");
      assertThat(agent(server).delete("/acquisitions/a").statusCode()).isEqualTo(204);
      assertThat(run(replay).code()).isZero();
      Files.writeString(file, "{}\n");
      Result bad = run(replay);
      assertThat(bad.code()).isEqualTo(2);
      assertThat(bad.err()).contains(file + ": line 1: path must be");
      Result exists = run("record", "microscopy", "--listen=:0", file.toString());
      assertThat(exists.code()).isEqualTo(2);
      assertThat(exists.err()).contains("exists already");
    }
  }

  private static TestClient agent(TestServer server) {
    return server.client(server.token("t", "a", ANY, ANY));
  }

  @Test
  void token_empty_isNone() throws Exception {
    try (TestServer server = TestServer.start()) {
      assertThat(run("tail", "**", "--url=" + server.url(), "--token=").err())
          .contains("a token is needed");
    }
  }

  @Test
  void data_inUse_isSaidInOneLine_R2() throws Exception {
    try (TestServer server =
        TestServer.durable(Map.of("data", directory.resolve("data").toString()))) {
      assertThat(server.port()).isPositive();
      Result second = run("serve", "--port=0", "--set=auth.secret=" + TestServer.SECRET, data());
      assertThat(second.code()).isEqualTo(1);
      assertThat(second.err().lines())
          .singleElement()
          .asString()
          .startsWith("data: '" + directory.resolve("data") + "' cannot be used")
          .endsWith("in use by another process; stop that one, or use another directory");
    }
  }

  @Test
  void data_thatCannotBeMade_isSaidInOneLine_R2() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    for (String secret : List.of("", TestServer.SECRET)) {
      Result result =
          run("serve", "--port=0", "--set=auth.secret=" + secret, "--data=" + file.resolve("data"));
      assertThat(result.err().lines())
          .singleElement()
          .asString()
          .startsWith("data: '" + file.resolve("data") + "' cannot")
          .contains("allowed is")
          .doesNotContain("Exception");
    }
  }

  @Test
  void host_thatIsNone_isSaidInOneLine_andNothingIsMade_R2() throws Exception {
    Result result = run("serve", "--host=999.1.1.1", data());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .isEqualToIgnoringNewLines(
            "host: '999.1.1.1' is not allowed; allowed is an address of this machine, or 0.0.0.0 for all");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void renew_afterABackupWasRestored_resetsWhoSawMore_U3() throws Exception {
    Path log = directory.resolve("data/log");
    Path backup = directory.resolve("backup");
    try (TestServer server = TestServer.durable(Map.of("data", log.getParent().toString()))) {
      publish(server, 1);
      assertThat(run("renew", data()).err())
          .startsWith("data: '" + log.getParent() + "'")
          .contains("in use by another process");
      server.stop();
      copy(log, backup);
      server.begin();
      String seen = publish(server, 2);
      server.stop();
      delete(log);
      copy(backup, log);
      Result renewed = run("renew", data());
      assertThat(renewed.code()).as(renewed.err()).isZero();
      server.begin();
      publish(server, 3);
      publish(server, 4);
      assertThat(
              TestClient.json(
                      server
                          .admin()
                          .get("/v1/stream?topic=a&after=" + seen, "Accept", "application/json"))
                  .at("/reset/reason")
                  .asString())
          .isEqualTo("epoch");
    }
  }

  @Test
  void renew_whereThereIsNoStore_failsAndMakesNone() throws Exception {
    Result result = run("renew", data());
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("there is no log in");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  /** The position of what was published. */
  private static String publish(TestServer server, int number) {
    String event = "{\"topic\":\"a\",\"type\":\"x\",\"data\":" + number + "}";
    return TestClient.json(server.admin().post("/v1/events", event)).path("position").asString();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) Files.copy(file, to.resolve(file.getFileName()));
    }
  }

  private static void delete(Path flat) throws IOException {
    try (Stream<Path> files = Files.list(flat)) {
      for (Path file : files.toList()) Files.delete(file);
    }
    Files.delete(flat);
  }

  @Test
  void port_inUse_isSaidInOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Result result =
          run(
              "serve",
              "--port",
              Integer.toString(taken.getLocalPort()),
              "--set",
              "log.store=memory",
              data());
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.err().lines().filter(l -> l.contains("cannot listen on")))
          .singleElement()
          .asString()
          .contains("127.0.0.1:" + taken.getLocalPort(), "in use", "--port");
      assertThat(result.err()).doesNotContain("\tat ");
    }
  }

  @Test
  void configuration_bad_endsTheStartWithOneLine_R2() throws Exception {
    Result result = run("serve", "--set", "stream.heartbeat=soon", data());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .isEqualToIgnoringNewLines(
            "stream.heartbeat: 'soon' is not allowed; allowed is a duration such as 250ms, 15s, 5m, 24h or 7d, from 1s to 30s");
    assertThat(run("serve", "--set", "mode=production", data()).err())
        .startsWith("auth.secret: not set");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "path=/v1/{id}|resources[0].path: '/v1/{id}' is not allowed; allowed is a path that can't be taken for another's; this one can for /v1/stream",
        "path=/{a}/{id}|resources[0].path: '/{a}/{id}' is not allowed; allowed is a path that can't be taken for another's; this one can for /",
        "path=/v1/state/a/b/{id}|resources[0].path: '/v1/state/a/b/{id}' is not allowed; allowed is a path that can't be taken for another's; this one can for /v1/state/{topic}",
        "path=/console/{id}|resources[0].path: '/console/{id}' is not allowed; allowed is a path that can't be taken for another's; this one can for /console",
        "path=orders|resources[0].path: 'orders' is not allowed; allowed is a path such as /live/orders/{id}",
        "upstream=file:///etc/{id}|resources[0].upstream: 'file:///etc/{id}' is not allowed; allowed is a URL such as https://orders.example/orders/{id}",
        "until=$.status is done|resources[0].until: '$.status is done' is not allowed; allowed is a condition such as $.status == done",
      })
  void resource_bad_endsTheStartWithOneLine_R2(String setting, String line) throws Exception {
    Path example = Path.of("../docs/examples/proxy.yaml");
    Result result =
        run(
            "serve",
            "--port=0",
            "--config=" + example,
            "--set=log.store=memory",
            "--set=resources[0]." + setting,
            data());
    assertThat(result.err().lines().filter(l -> !l.contains(" INFO ")))
        .singleElement()
        .asString()
        .startsWith(line);
    assertThat(result.code()).isEqualTo(2);
  }

  @Test
  void proxiedResources_ofTheGuide_areServed() throws Exception {
    Path example = Path.of("../docs/examples/proxy.yaml");
    assertThat(Files.readString(Path.of("../docs/guides/proxying.md")))
        .contains("```yaml\n" + Files.readString(example) + "```");
    int port = freePort();
    try (OrderService orders =
        new OrderService(token -> OrderService.Reply.json("{\"status\":\"done\"}"))) {
      Process server =
          start(
              "serve",
              "--port=" + port,
              "--config=" + example,
              "--set=resources[0].upstream=" + orders.url("/orders/{id}"),
              "--set=auth.jwks-url=",
              "--set=auth.issuer=freshet",
              "--set=auth.audience=freshet",
              "--set=auth.secret=" + TestServer.SECRET,
              data());
      awaitListening(server);
      try (TestServer issuer = TestServer.start()) {
        String token = issuer.token("acme", "me", List.of(), List.of());
        TestClient client = new TestClient("http://127.0.0.1:" + port, token);
        assertThat(client.get("/live/orders/7", "Accept", "text/event-stream").body())
            .contains("data: {\"status\":\"done\"}", "event: stream.end", "completed");
        assertThat(client.get("/live/orders/7").body()).isEqualTo("{\"status\":\"done\"}");
        assertThat(client.get("/openapi.json").body()).contains("/live/stock/{site}");
      } finally {
        server.destroy();
      }
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(text("err")).doesNotContain("eyJ");
    }
  }

  @Test
  void command_unknownOrMissing_showsTheUsage() throws Exception {
    assertThat(run("fly").code()).isEqualTo(2);
    assertThat(run().err()).contains("serve", "token", "demo");
    Result help = run("--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("serve", "token", "renew", "demo", "Exit codes:");
    assertThat(run("token", "--tenant", "acme").err()).contains("--subject");
    assertThat(run("token", "--tenant=../x", "--subject=me", data()).code()).isEqualTo(2);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

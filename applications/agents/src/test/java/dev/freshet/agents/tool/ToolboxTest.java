package dev.freshet.agents.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.freshet.event.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class ToolboxTest {
  @TempDir private Path disk;
  private Sandbox sandbox;
  private Toolbox tools = new Toolbox(settings(List.of(), List.of(), true));

  @BeforeEach
  void make() throws IOException {
    sandbox = Sandbox.at(disk.resolve("t/run"), new Sandbox.Bounds(100_000, 100, 200_000));
    sandbox.create();
  }

  private static Toolbox.Settings settings(
      List<String> hosts, List<String> commands, boolean privateAddresses) {
    return new Toolbox.Settings(
        Map.of("edit_file", Policy.ASK, "list_files", Policy.NEVER),
        hosts,
        privateAddresses,
        Commands.of(commands),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        1000,
        5);
  }

  private ObjectNode run(String tool, String params) throws Exception {
    JsonNode parsed = Json.MAPPER.readTree(params.replace('\'', '"'));
    assertThat(tools.objection(tool, parsed)).isEmpty();
    return tools.run(tool, sandbox, parsed).result();
  }

  private void refused(String tool, String params, String because) {
    assertThatThrownBy(() -> run(tool, params))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining(because);
  }

  @Test
  void files_areCreatedReadAndEdited() throws Exception {
    assertThat(run("create_file", "{'path':'a/b.txt','content':'one\\ntwo\\nthree\\n'}"))
        .hasToString("{\"path\":\"a/b.txt\",\"bytes\":14,\"replaced\":false}");
    refused("create_file", "{'path':'a/b.txt','content':''}", "is there already");
    assertThat(run("read_file", "{'path':'a/b.txt','from':2,'lines':1}").path("content").asString())
        .isEqualTo("two\n");
    assertThat(run("edit_file", "{'path':'a/b.txt','old':'two','new':'2'}").path("replacements"))
        .hasToString("1");
    refused("edit_file", "{'path':'a/b.txt','old':'two','new':'2'}", "does not stand");
    refused("edit_file", "{'path':'a/b.txt','old':'e','new':'E'}", "3 times");
    run("edit_file", "{'path':'a/b.txt','old':'e','new':'E','all':true}");
    ObjectNode read = run("read_file", "{'path':'a/b.txt'}");
    assertThat(read.path("content").asString()).isEqualTo("onE\n2\nthrEE\n");
    assertThat(read.path("truncated").asBoolean()).isFalse();
    refused("read_file", "{'path':'a/c.txt'}", "there is no file");
  }

  @Test
  void outputPastItsBound_isCutBetweenCharacters_andSaysSo() throws Exception {
    run("create_file", "{'path':'big','content':'" + "é".repeat(5000) + "'}");
    ObjectNode read = run("read_file", "{'path':'big'}");
    assertThat(read.path("content").asString()).isEqualTo("é".repeat(500));
    assertThat(read.path("bytes").asInt()).isEqualTo(10_000);
    assertThat(read.path("truncated").asBoolean()).isTrue();
  }

  @Test
  void binaryFile_isNotRead() throws Exception {
    Files.write(disk.resolve("t/run/x"), new byte[] {(byte) 0xff, 0, 1});
    refused("read_file", "{'path':'x'}", "no UTF-8 text");
  }

  @Test
  void edit_thatWouldBeTooLarge_isRefusedBeforeItIsMade() throws Exception {
    run("create_file", "{'path':'x','content':'" + "a".repeat(50_000) + "'}");
    refused(
        "edit_file",
        "{'path':'x','old':'a','new':'" + "b".repeat(50_000) + "','all':true}",
        "agents.file-bytes");
  }

  @Test
  void params_thatDoNotMeetTheSchema_areObjectedTo() throws Exception {
    for (String params :
        List.of("{}", "{'path':1,'content':''}", "{'path':'a','content':'','more':1}")) {
      JsonNode parsed = Json.MAPPER.readTree(params.replace('\'', '"'));
      assertThat(tools.objection("create_file", parsed))
          .hasValueSatisfying(why -> assertThat(why).startsWith("the params are not right"));
    }
    assertThat(tools.objection("create_file", Toolbox.params("[1]"))).isPresent();
    assertThat(tools.objection("create_file", Toolbox.params("{"))).isPresent();
    assertThat(tools.objection("calculate", Toolbox.params("{\"expression\":1e999999999}")))
        .isPresent();
    assertThat(tools.objection("rm_rf", Toolbox.params("{}")))
        .hasValueSatisfying(
            why -> assertThat(why).contains("there is no tool 'rm_rf'").contains("create_file"));
  }

  @Test
  void policies_decideWhatIsOffered() {
    assertThat(tools.tools()).hasSize(7);
    assertThat(tools.offered().stream().map(Toolbox.Info::name))
        .containsExactly("create_file", "read_file", "edit_file", "calculate");
    assertThat(tools.policy("edit_file")).isEqualTo(Policy.ASK);
    assertThat(tools.objection("list_files", Toolbox.params("{}"))).isPresent();
    assertThatThrownBy(() -> new Toolbox(settingsWith(Map.of("nonsense", Policy.ASK))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Toolbox.Settings settingsWith(Map<String, Policy> policies) {
    Toolbox.Settings usual = Toolbox.Settings.DEFAULT;
    return new Toolbox.Settings(
        policies,
        usual.hosts(),
        usual.privateAddresses(),
        usual.commands(),
        usual.commandTime(),
        usual.httpTime(),
        usual.output(),
        usual.listed());
  }

  @Test
  void listing_isBounded() throws Exception {
    tools = new Toolbox(Toolbox.Settings.DEFAULT);
    for (int i = 0; i < 4; i++) run("create_file", "{'path':'d/" + i + "','content':'x'}");
    ObjectNode listed = run("list_files", "{}");
    assertThat(listed.path("files").size()).isEqualTo(4);
    assertThat(listed.path("truncated").asBoolean()).isFalse();
    ObjectNode part = new ListFiles(3).run(sandbox, Json.MAPPER.createObjectNode()).result();
    assertThat(part.path("files").size()).isEqualTo(3);
    assertThat(part.path("truncated").asBoolean()).isTrue();
  }

  @Test
  void httpGet_fetchesFromAllowedHostsOnly_alsoAfterARedirect() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/page",
        exchange -> {
          byte[] body = "x".repeat(3000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.createContext(
        "/away",
        exchange -> {
          exchange
              .getResponseHeaders()
              .add("Location", "http://127.0.0.2:" + server.getAddress().getPort() + "/page");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
    try {
      String base = "http://127.0.0.1:" + server.getAddress().getPort();
      tools = new Toolbox(settings(List.of("127.0.0.1"), List.of(), true));
      ObjectNode page = run("http_get", "{'url':'" + base + "/page'}");
      assertThat(page.path("status").asInt()).isEqualTo(200);
      assertThat(page.path("contentType").asString()).isEqualTo("text/plain");
      assertThat(page.path("body").asString()).hasSize(1000);
      assertThat(page.path("truncated").asBoolean()).isTrue();
      refused("http_get", "{'url':'" + base + "/away'}", "not among the hosts");
      refused("http_get", "{'url':'http://localhost/'}", "not among the hosts");
      refused("http_get", "{'url':'file:///etc/passwd'}", "no http or https URL");
      refused("http_get", "{'url':'http://u:p@127.0.0.1/'}", "no http or https URL");
      tools = new Toolbox(settings(List.of("127.0.0.1"), List.of(), false));
      refused("http_get", "{'url':'" + base + "/page'}", "agents.private-addresses");
      refused("http_get", "{'url':'" + base + "/page'}", "not public");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void hosts_mayBeAllThatAreBelowOne() {
    List<String> hosts = List.of("example.org", "*.example.com");
    assertThat(Toolbox.allowed(hosts, "example.org")).isTrue();
    assertThat(Toolbox.allowed(hosts, "a.b.example.com")).isTrue();
    assertThat(Toolbox.allowed(hosts, "example.com")).isFalse();
    assertThat(Toolbox.allowed(hosts, "badexample.com")).isFalse();
    assertThat(Toolbox.allowed(hosts, "a.example.org")).isFalse();
  }

  @Test
  void httpGet_thatIsInterrupted_closesItsConnection() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      tools = new Toolbox(settings(List.of("127.0.0.1"), List.of(), true));
      AtomicReference<Throwable> ended = new AtomicReference<>();
      Thread call =
          call(ended, "http_get", "{'url':'http://127.0.0.1:" + silent.getLocalPort() + "/'}");
      try (Socket peer = silent.accept()) {
        assertThat(peer.getInputStream().read()).isEqualTo('G');
        call.interrupt();
        assertThat(call.join(Duration.ofSeconds(1))).isTrue();
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        peer.getInputStream().readAllBytes();
      }
    }
  }

  private Thread call(AtomicReference<Throwable> ended, String tool, String params) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            run(tool, params);
          } catch (Throwable t) {
            ended.set(t);
          }
        });
  }

  @Test
  void command_runsWithItsArgumentsAsTheyAre_inTheDirectory_withAnEnvironmentOfItsOwn()
      throws Exception {
    tools = new Toolbox(settings(List.of(), List.of("printf", "pwd", "env", "cat", "sh"), false));
    assertThat(
            run("run_command", "{'command':'printf','args':['%s|','a b','$HOME','*;id']}")
                .path("output")
                .asString())
        .isEqualTo("a b|$HOME|*;id|");
    assertThat(run("run_command", "{'command':'pwd'}").path("output").asString().strip())
        .isEqualTo(disk.toRealPath().resolve("t/run").toString());
    assertThat(run("run_command", "{'command':'env'}").path("output").asString().lines())
        .allMatch(line -> line.matches("(PATH|HOME|LANG|FRESHET_CALL|PWD|SHLVL|_)=.*"));
    assertThat(run("run_command", "{'command':'cat'}").path("output").asString()).isEmpty();
    ObjectNode failed = run("run_command", "{'command':'sh','args':['-c','echo no >&2; exit 3']}");
    assertThat(failed.path("exitCode").asInt()).isEqualTo(3);
    assertThat(failed.path("error").asString()).isEqualTo("no\n");
    ObjectNode long_ = run("run_command", "{'command':'sh','args':['-c','yes | head -c 1000000']}");
    assertThat(long_.path("output").asString()).hasSize(1000);
    assertThat(long_.path("truncated").asBoolean()).isTrue();
  }

  @Test
  void command_thatIsOverAtOnce_isHeardAll() throws Exception {
    tools = new Toolbox(settings(List.of(), List.of("sh"), false));
    for (int i = 0; i < 100; i++) {
      ObjectNode done = run("run_command", "{'command':'sh','args':['-c','echo a; echo b >&2']}");
      assertThat(done.path("output").asString()).isEqualTo("a\n");
      assertThat(done.path("error").asString()).isEqualTo("b\n");
    }
  }

  @Test
  void command_thatIsNotAllowed_isNotRun() throws Exception {
    assertThat(tools.objection("run_command", Toolbox.params("{\"command\":\"ls\"}"))).isPresent();
    tools = new Toolbox(settings(List.of(), List.of("/bin/true"), false));
    run("run_command", "{'command':'true'}");
    for (String other : List.of("ls", "/bin/ls", "../bin/true", "true;ls", ""))
      assertThat(
              tools.objection("run_command", Json.MAPPER.createObjectNode().put("command", other)))
          .isPresent();
    assertThatThrownBy(() -> Commands.of(List.of("no-such-program")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Commands.of(List.of("bin/ls")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void command_thatIsInterrupted_isKilledWithAllThatItBegan() throws Exception {
    tools = new Toolbox(settings(List.of(), List.of("sh"), false));
    AtomicReference<Throwable> ended = new AtomicReference<>();
    String script =
        "sleep 4321 & (setsid sleep 4321 >/dev/null 2>&1 &) ; echo up > ready; wait; echo on > went";
    Thread call = call(ended, "run_command", "{'command':'sh','args':['-c','" + script + "']}");
    await().until(() -> Files.exists(disk.resolve("t/run/ready")));
    await().until(() -> sleeping() == 2);
    call.interrupt();
    assertThat(call.join(Duration.ofSeconds(1))).isTrue();
    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    await().atMost(Duration.ofSeconds(1)).until(() -> sleeping() == 0);
    assertThat(disk.resolve("t/run/went")).doesNotExist();
  }

  /** Those of this test's directory, by their working directory. */
  private long sleeping() throws IOException {
    Path here = disk.toRealPath().resolve("t/run");
    return ProcessHandle.allProcesses().filter(p -> works(p, here)).count();
  }

  private static boolean works(ProcessHandle process, Path here) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd")).equals(here)
          && Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).contains("4321")
          && !Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).contains("echo");
    } catch (IOException gone) {
      return false;
    }
  }

  @Test
  void command_thatTakesTooLong_orFillsTheDirectory_isEnded() throws Exception {
    tools =
        new Toolbox(
            new Toolbox.Settings(
                Map.of(),
                List.of(),
                false,
                Commands.of(List.of("sleep", "sh")),
                Duration.ofMillis(300),
                Duration.ofSeconds(1),
                1000,
                5));
    refused("run_command", "{'command':'sleep','args':['60']}", "longer than");
    tools = new Toolbox(settings(List.of(), List.of("sh"), false));
    refused(
        "run_command",
        "{'command':'sh','args':['-c','yes > full; sleep 60']}",
        "agents.directory-bytes");
    assertThat(sleeping()).isZero();
  }
}

package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.agents.Agents;
import dev.freshet.agents.run.RunSettings;
import dev.freshet.event.Json;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The programs of the guide to agent runs compile, and do what they say. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AgentExampleTest {
  private static final Path EXAMPLES = Path.of("../docs/examples");
  private static final String RUNS = "/api/agent/executions";

  @TempDir Path classes;
  @TempDir Path directory;

  private void compile(String program) {
    String[] options = {
      "-d",
      classes.toString(),
      "-cp",
      System.getProperty("java.class.path"),
      EXAMPLES.resolve(program).toString()
    };
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, options)).isZero();
  }

  @Test
  void reportingProgram_asDocumented_isWatchedAndAnswered() throws Exception {
    compile("Report.java");
    try (TestServer server = TestServer.start(Map.of(), new Agents(RunSettings.in(directory)));
        URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      String token = server.token("acme", "ada", List.of(), List.of("agents/runs"));
      TestClient ada = server.client(token);
      String[] args = {server.url(), token, "ada", "my-run-7"};
      Thread program = Thread.ofVirtual().start(() -> main(loader, args));
      await().until(() -> run(ada).path("status").asString().equals("waiting"));
      String id = run(ada).path("executionId").asString();
      ada.post(RUNS + "/" + id + "/approvals/a1", "{\"decision\":\"approve\"}");
      program.join();
      JsonNode run = Json.MAPPER.readTree(ada.get(RUNS + "/" + id).body());
      assertThat(run.path("status").asString()).isEqualTo("completed");
      assertThat(run.at("/steps/1/status").asString()).isEqualTo("succeeded");
    }
  }

  private static JsonNode run(TestClient client) {
    return Json.MAPPER.readTree(client.get(RUNS).body()).at("/executions/0");
  }

  private static void main(ClassLoader loader, String[] args) {
    try {
      loader.loadClass("Report").getMethod("main", String[].class).invoke(null, (Object) args);
    } catch (ReflectiveOperationException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void assistantsProgram_asDocumented_compiles() {
    compile("Assistants.java");
    assertThat(classes.resolve("Assistants.class")).exists();
  }
}

package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client program in the documentation compiles and does what it says. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FollowExampleTest {
  private static final Path PROGRAM = Path.of("../docs/examples/Follow.java");
  private static final List<String> ALL = List.of("**");

  @TempDir Path classes;

  @Test
  void program_asDocumented_followsWhatItPublished() throws Exception {
    String classPath = System.getProperty("java.class.path");
    String[] options = {"-d", classes.toString(), "-cp", classPath, PROGRAM.toString()};
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, options)).isZero();
    try (TestServer server = TestServer.start()) {
      assertThat(printed(server.url(), server.token("acme", "me", ALL, ALL)).lines())
          .containsExactly("orders/7 is now {\"status\":\"paid\"}", "order.paid {\"total\":12}");
    }
  }

  private String printed(String... args) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader.loadClass("Follow").getMethod("main", String[].class).invoke(null, (Object) args);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}

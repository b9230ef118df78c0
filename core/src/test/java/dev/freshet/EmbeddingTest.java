package dev.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in the documentation compiles and does what it says. */
class EmbeddingTest {
  private static final Path EXAMPLES = Path.of("../docs/examples");

  @TempDir Path classes;

  @Test
  void embeddingProgram_asDocumented_printsWhatItPublished() throws Exception {
    assertThat(run("Embed"))
        .contains("Received[")
        .contains("order.created")
        .contains("{\"total\":12}");
  }

  @Test
  void runtimeProgram_asDocumented_countsAnActionOnce() throws Exception {
    assertThat(run("Counter").lines())
        .containsExactly(
            "[Change[slice=count, version=2], Change[slice=steps, version=2]]",
            "again: duplicate true",
            "Count[value=2, by=ada], steps 1");
  }

  @Test
  void resourceProgram_asDocumented_hasAnEventAChangeAndAnEnd() throws Exception {
    assertThat(run("Shipments").lines())
        .containsExactly("1", "2", "3", "end", "{\"stage\":\"delivered\"}", "4 queries");
  }

  private String run(String program) throws Exception {
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EXAMPLES.resolve(program + ".java").toString());
    assertThat(compiled).isZero();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader
          .loadClass(program)
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}

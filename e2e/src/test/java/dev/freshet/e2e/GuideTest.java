package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Java of a guide compiles: declarations as members of a class, all else as one method in
 * order. What a guide takes as given is in {@code guides/GUIDE.txt}.
 */
class GuideTest {
  private static final Path GUIDES = Path.of("../docs/guides");
  private static final Pattern SNIPPET = Pattern.compile("(?ms)^```java\n(.*?)^```$");
  private static final Pattern DECLARATION =
      Pattern.compile("(?s)^(@|public |(final )?(class|record) ).*");
  private static final String IMPORTS =
      """
      import dev.freshet.*;
      import dev.freshet.application.*;
      import dev.freshet.log.*;
      import dev.freshet.resource.*;
      import dev.freshet.runtime.Action;
      import dev.freshet.runtime.Runtime;
      import dev.freshet.runtime.RuntimeStore;
      import dev.freshet.runtime.Slice;
      import dev.freshet.runtimes.Runtimes;
      import dev.freshet.server.Server;
      import dev.freshet.server.config.Config;
      import dev.freshet.tasks.*;
      import dev.freshet.tasks.transfer.Transfer;
      import java.net.URI;
      import java.time.Duration;
      import java.util.*;
      import java.util.concurrent.*;
      import tools.jackson.databind.JsonNode;
      """;

  @TempDir Path classes;

  @ParameterizedTest
  @ValueSource(strings = {"resources", "runtime", "tasks"})
  void snippets_compile(String guide) throws IOException {
    List<String> snippets =
        SNIPPET
            .matcher(Files.readString(GUIDES.resolve(guide + ".md")))
            .results()
            .map(GuideTest::snippet)
            .toList();
    assertThat(snippets).isNotEmpty();
    assertThat(complaints(source(guide, snippets))).isEmpty();
  }

  private static String snippet(MatchResult found) {
    return found.group(1).replace("…", "");
  }

  private static String source(String guide, List<String> snippets) throws IOException {
    StringBuilder source = new StringBuilder(IMPORTS);
    source.append(given(guide, true));
    source.append("abstract class Guide {\n").append(given(guide, false));
    snippets.stream().filter(GuideTest::declares).forEach(source::append);
    source.append("void statements() throws Exception {\n");
    for (String snippet : snippets) {
      if (declares(snippet)) continue;
      // What comes after a throw may be reached all the same: it is another place's.
      source.append(snippet.startsWith("throw ") ? "if (sometimes())\n" : "").append(snippet);
    }
    return source.append("}\nabstract boolean sometimes();\n}\n").toString();
  }

  private static boolean declares(String snippet) {
    return DECLARATION.matcher(snippet).matches();
  }

  /** Lines that are imports, or those that are not. */
  private static String given(String guide, boolean imports) throws IOException {
    try (InputStream in = GuideTest.class.getResourceAsStream("guides/" + guide + ".txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      StringBuilder lines = new StringBuilder();
      text.lines()
          .filter(line -> line.startsWith("import ") == imports)
          .forEach(line -> lines.append(line).append('\n'));
      return lines.toString();
    }
  }

  private String complaints(String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    boolean compiled =
        compiler.getTask(complaints, null, null, options, null, List.of(new Source(source))).call();
    return compiled ? "" : complaints + source;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("memory:///Guide.java"), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}

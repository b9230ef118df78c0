package dev.freshet.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;

/** The conformance cases of a directory, as they are written: {@code conformance/README.md}. */
final class Cases {
  private static final Path ROOT = Path.of("..", "conformance");

  private Cases() {}

  static Stream<JsonNode> of(String directory) {
    try (Stream<Path> files = Files.list(ROOT.resolve(directory))) {
      List<Path> sorted = files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
      return sorted.stream().flatMap(Cases::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<JsonNode> read(Path file) {
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setLabel(file.toString())
              .setMaxAliasesForCollections(1000)
              .build();
      JsonNode root = Json.tree(new Load(settings).loadFromString(Files.readString(file)));
      known(root, "cases", "shared");
      return root.path("cases").valueStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A misspelt key must not pass. */
  static JsonNode known(JsonNode node, String... keys) {
    Set<String> unknown = new TreeSet<>(node.propertyNames());
    unknown.removeAll(Set.of(keys));
    if (!unknown.isEmpty()) throw new IllegalArgumentException("unknown keys " + unknown);
    return node;
  }

  static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }
}

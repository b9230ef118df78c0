package dev.freshet.agents.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.log.Recorded;
import dev.freshet.log.Revision;
import dev.freshet.state.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * The runs of {@code conformance/agents}: events, each with what it changes of the execution. Other
 * reducers are held against them. {@code -Dfreshet.write=true} writes them anew.
 */
class ConformanceTest {
  private static final Path DIRECTORY = Path.of("../../conformance/agents");
  private static final Topic TOPIC = Topic.of("execution");

  static Stream<Map.Entry<String, List<AgentEvent>>> runs() {
    Map<String, List<AgentEvent>> runs = new TreeMap<>(RecordedRuns.all());
    for (long seed = 101; seed <= 112; seed++) runs.put("random-" + seed, RandomRun.of(seed, 60));
    return runs.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void run_isReducedAsItsFileSays(Map.Entry<String, List<AgentEvent>> run) throws IOException {
    String text = text(run.getValue());
    Path file = DIRECTORY.resolve(run.getKey() + ".json");
    if (Boolean.getBoolean("freshet.write")) {
      Files.createDirectories(DIRECTORY);
      Files.writeString(file, text);
    }
    assertThat(file).hasContent(text);
  }

  private static String text(List<AgentEvent> events) {
    try (Freshet freshet = Freshet.open(new MemoryLogStore())) {
      Tenant tenant = freshet.tenant("conformance");
      Reduction run = new Reduction();
      return events.stream()
          .map(event -> {
            run.accept(event);
            return line(event, change(tenant, run.execution()));
          })
          .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }
  }

  /** As a state's frames carry it: patches, or the value. */
  private static Recorded change(Tenant tenant, Execution execution) {
    var written = tenant.states().put(TOPIC, Json.MAPPER.valueToTree(execution), WriteOptions.NONE);
    long offset = written.position().offset();
    return tenant.log().read(Filter.of(TOPIC.path()), offset - 1, offset, 1).events().getFirst();
  }

  private static String line(AgentEvent event, Recorded change) {
    ObjectNode line = Json.MAPPER.createObjectNode().put("type", event.type().wire());
    line.set("data", Json.from(event).node());
    boolean whole = change.revision().form() == Revision.Form.VALUE;
    line.set(whole ? "value" : "patches", change.event().data().node());
    return Json.of(line).toString();
  }
}

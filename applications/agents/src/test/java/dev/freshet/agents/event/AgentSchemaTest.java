package dev.freshet.agents.event;

import dev.freshet.agents.Agents;
import dev.freshet.event.Json;
import dev.freshet.schemas.PayloadSchema;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Events and executions are what their schema says, and the clients' types with them. */
class AgentSchemaTest {
  private static final Path FILE =
      Path.of("src/main/resources/dev/freshet/agents/events.schema.json");

  private final PayloadSchema schema =
      new PayloadSchema("AgentEvents", "The payloads of a run's events, by type.")
          .type(Execution.class)
          .named(Step.Thought.class, "ThinkingStep")
          .named(Step.Call.class, "ToolStep");

  AgentSchemaTest() {
    for (EventType type : EventType.values()) schema.event(type.wire(), type.payload());
  }

  @Test
  void schema_holdsEveryEventAsItsRecordIs() throws IOException {
    schema.isWrittenTo(FILE);
  }

  /** One event of each type, with and without what it may lack. */
  static Collection<Record> records() {
    Map<String, Record> kinds = new TreeMap<>();
    for (long seed = 31; seed <= 36; seed++) {
      for (AgentEvent event : RandomRun.of(seed, 60))
        kinds.putIfAbsent(event.type().wire() + lacking(event), (Record) event);
    }
    return kinds.values();
  }

  private static boolean lacking(AgentEvent event) {
    return Json.from(event).node().valueStream().anyMatch(JsonNode::isNull);
  }

  @ParameterizedTest
  @MethodSource("records")
  void event_asItIsWritten_isWhatTheSchemaSays(Record event) {
    schema.describes(event);
  }

  @Test
  void execution_asItIsWritten_isWhatTheSchemaSays() {
    Execution execution = null;
    for (AgentEvent event : RandomRun.of(34, 100)) execution = Executions.reduce(execution, event);
    schema.describes(execution);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Execution.class,
        Execution.Failure.class,
        Execution.Cancellation.class,
        Approval.class,
        Limits.class,
        MadeFile.class,
        Model.class,
        Phase.class,
        Plan.class,
        Plan.PlannedPhase.class,
        Usage.class,
        RunStatus.class,
        CallStatus.class,
        PhaseStatus.class,
        ThoughtStatus.class
      })
  void description_ofTheRoutes_saysWhatTheRecordSays(Class<?> type) throws IOException {
    schema.agreesWith(Agents.class.getResource("openapi.yaml"), type.getSimpleName(), type);
  }

  @Test
  void description_ofTheRoutes_saysWhatStepsAre() throws IOException {
    URL document = Agents.class.getResource("openapi.yaml");
    schema.agreesWith(document, "ThinkingStep", Step.Thought.class);
    schema.agreesWith(document, "ToolStep", Step.Call.class);
  }
}

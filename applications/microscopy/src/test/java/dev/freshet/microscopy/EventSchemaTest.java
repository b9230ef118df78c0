package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.freshet.event.Json;
import dev.freshet.microscopy.InstructionLifecycle.AckStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class EventSchemaTest {
  private static final Path FILE =
      Path.of("src/main/resources/dev/freshet/microscopy/events.schema.json");
  private static final String IRI = "https://freshet.test/events.schema.json";
  private static final String TIME = "2026-01-05T10:00:00.000Z";

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12, b -> b.schemas(Map.of(IRI, EventSchema.text())));

  /** Run with {@code -Dfreshet.write=true} to write the file. */
  @Test
  void eventSchema_holdsEveryEventAsItsRecordIs() throws IOException {
    String text = EventSchema.text();
    if (Boolean.getBoolean("freshet.write")) Files.writeString(FILE, text);
    assertThat(FILE).hasContent(text);
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void payload_asItIsWritten_isWhatTheSchemaSays(Record payload) {
    ObjectNode written = Json.MAPPER.valueToTree(payload);
    assertThat(faults(payload, written)).isEmpty();
    for (String field : List.copyOf(written.propertyNames()))
      assertThat(faults(payload, written.deepCopy().without(field))).as(field).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void event_isAmongThePayloads(FrontendEvent event) {
    assertThat(payloads()).hasAtLeastOneElementOfType(event.payload());
  }

  static Stream<Record> payloads() {
    return Stream.of(
        AcquisitionProgress.none("q1", "planned"),
        new ProcessingMetric("m1", "f1", 12.5, 0.4, 3.1, 20L, 12L),
        new ProcessingMetric("m1", "f1", null, null, null, null, null),
        new AgentStatus("a1", AgentStatus.Liveness.OFFLINE, null, null, null, 0),
        new AgentStatus("a1", AgentStatus.Liveness.STALE, "s1", "q1", TIME, 2),
        lifecycle(null, null),
        lifecycle(TIME, AckStatus.DECLINED),
        new AgentLog(7, "a1", "s1", TIME, "INFO", "agent", "ready"));
  }

  private static InstructionLifecycle lifecycle(
      @Nullable String time, @Nullable AckStatus acknowledged) {
    return new InstructionLifecycle(
        "i1", "a1", "s1", "x", InstructionLifecycle.Status.PENDING, TIME, time, time, acknowledged);
  }

  private List<?> faults(Record payload, ObjectNode written) {
    String type =
        Arrays.stream(FrontendEvent.values())
            .filter(event -> event.payload().isInstance(payload))
            .findFirst()
            .orElseThrow()
            .type();
    return registry
        .getSchema(SchemaLocation.of(IRI + "#/$defs/" + type))
        .validate(written.toString(), InputFormat.JSON);
  }
}

package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.microscopy.InstructionLifecycle.AckStatus;
import dev.freshet.schemas.PayloadSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventSchemaTest {
  private static final Path FILE =
      Path.of("src/main/resources/dev/freshet/microscopy/events.schema.json");
  private static final String TIME = "2026-01-05T10:00:00.000Z";

  private final PayloadSchema schema =
      new PayloadSchema("FrontendEvents", "The payloads of the frontend stream's events, by type.");

  EventSchemaTest() {
    for (FrontendEvent event : FrontendEvent.values()) schema.event(event.type(), event.payload());
  }

  @Test
  void eventSchema_holdsEveryEventAsItsRecordIs() throws IOException {
    schema.isWrittenTo(FILE);
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void payload_asItIsWritten_isWhatTheSchemaSays(Record payload) {
    schema.describes(payload);
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
}

package dev.freshet.microscopy;

import dev.freshet.microscopy.InstructionLifecycle.AckStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an agent says of an instruction.
 *
 * @param processedAt by the agent's clock, with zone
 */
record Acknowledgement(
    AckStatus status,
    @Nullable String result,
    @Nullable String errorMessage,
    @Nullable String processedAt,
    @Nullable Long processingTimeMs) {

  static Acknowledgement of(SessionRequest request) {
    JsonNode time = request.body().path("processing_time_ms");
    return new Acknowledgement(
        AckStatus.valueOf(request.text("status").orElseThrow().toUpperCase(Locale.ROOT)),
        request.text("result").orElse(null),
        request.text("error_message").orElse(null),
        request.text("processed_at").map(Acknowledgement::time).orElse(null),
        time.isNumber() ? Long.valueOf(time.asLong()) : null);
  }

  private static String time(String text) {
    return Timestamps.withZone(text).orElseThrow(() -> Failures.notATime("/processed_at", text));
  }

  /** The answer to it, for an instruction as it is kept; same again is no change. */
  Instruction apply(Instruction before, String now) {
    AckStatus known = before.ackStatus();
    if (known == status) return before;
    if (known == null || known == AckStatus.RECEIVED) return before.acknowledged(this, now);
    throw Failures.conflict(
        "the instruction was acknowledged as '"
            + known.name().toLowerCase(Locale.ROOT)
            + "', which is final");
  }
}

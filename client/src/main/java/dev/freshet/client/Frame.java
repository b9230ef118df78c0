package dev.freshet.client;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a frame of a native stream says (PROTOCOL §2.1). */
sealed interface Frame {
  record Open(boolean resumed, String position, Duration heartbeat) implements Frame {}

  record Reset(String reason) implements Frame {}

  record Live(String position) implements Frame {}

  record Heartbeat() implements Frame {}

  record End(String reason) implements Frame {}

  record Happened(Event event) implements Frame {}

  /** An application's event, of which the frame holds nothing but the payload. */
  record Told(String type, JsonNode payload) implements Frame {}

  record Snapshot(String topic, JsonNode value, long version, Instant timestamp) implements Frame {}

  /**
   * @param value the whole value; null where there are patches
   * @param patches operations from {@code base} to {@code version}; null where there is a value
   */
  record Update(
      String topic,
      long version,
      long base,
      @Nullable JsonNode value,
      @Nullable JsonNode patches,
      @Nullable Cause cause,
      boolean end,
      Instant timestamp)
      implements Frame {}

  record Delete(String topic, long version, boolean end, Instant timestamp) implements Frame {}

  /** A kind of frame that this client does not know, and ignores. */
  record Unknown() implements Frame {}
}

package dev.freshet.client;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a session asks for its stream and reads it.
 *
 * @param target path and query, given where to begin: null for the snapshots, and where the
 *     position travels as a header
 * @param start where the first connection begins
 * @param application whether its events are bare payloads, and it may begin without {@code
 *     stream.open}
 */
record StreamPlan(
    Function<@Nullable String, String> target,
    Cursor start,
    boolean application,
    Duration heartbeat,
    int maxFrameBytes,
    Backoff backoff) {
  static final Duration HEARTBEAT = Duration.ofSeconds(15);
  static final int MAX_FRAME_BYTES = 16 << 20;
  static final Backoff BACKOFF = Backoff.of(Duration.ofSeconds(2), Duration.ofSeconds(30));

  Frame read(SseFrame frame) {
    return application ? FrameReader.payload(frame) : FrameReader.read(frame);
  }

  static void check(Duration heartbeat, int maxFrameBytes) {
    if (heartbeat.isNegative() || heartbeat.isZero()) {
      throw new IllegalArgumentException("heartbeat is " + heartbeat + ", must be above 0");
    }
    if (maxFrameBytes < 1) {
      throw new IllegalArgumentException("maxFrameBytes is " + maxFrameBytes + ", must be above 0");
    }
  }
}

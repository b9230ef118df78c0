package dev.freshet.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which stream of an application to follow (PROTOCOL §8), and the bounds of following it.
 *
 * @param target path and query, from {@code /}, such as {@code
 *     /frontend/events/stream?event_types=agent.log}
 * @param after a position; null begins as the application's streams do
 * @param heartbeat the interval assumed until the server tells its own; silence for two of them is
 *     a cut
 * @param maxFrameBytes a larger frame ends the subscription
 * @param backoff of reconnects; the server's {@code retry:} takes the place of its base
 */
public record FollowOptions(
    String target, @Nullable String after, Duration heartbeat, int maxFrameBytes, Backoff backoff) {
  public FollowOptions {
    if (!target.startsWith("/")) {
      throw new IllegalArgumentException("target is '" + target + "', must begin with /");
    }
    StreamPlan.check(heartbeat, maxFrameBytes);
  }

  public static FollowOptions of(String target) {
    return new FollowOptions(
        target, null, StreamPlan.HEARTBEAT, StreamPlan.MAX_FRAME_BYTES, StreamPlan.BACKOFF);
  }

  public FollowOptions after(@Nullable String position) {
    return new FollowOptions(target, position, heartbeat, maxFrameBytes, backoff);
  }

  public FollowOptions heartbeat(Duration interval) {
    return new FollowOptions(target, after, interval, maxFrameBytes, backoff);
  }

  public FollowOptions maxFrameBytes(int bytes) {
    return new FollowOptions(target, after, heartbeat, bytes, backoff);
  }

  public FollowOptions backoff(Backoff newBackoff) {
    return new FollowOptions(target, after, heartbeat, maxFrameBytes, newBackoff);
  }

  /** The position travels as a header: an application's query is its own. */
  StreamPlan plan() {
    return new StreamPlan(
        beginning -> target, Cursor.after(after), true, heartbeat, maxFrameBytes, backoff);
  }
}

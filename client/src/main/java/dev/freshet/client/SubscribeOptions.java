package dev.freshet.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to subscribe to, and the bounds of the subscription.
 *
 * @param topics 1 to 64 patterns; an event matches if any of them matches
 * @param types event types; empty means all
 * @param after a position or {@code earliest}; null begins with the snapshots of every state
 * @param heartbeat the interval assumed until the server tells its own; silence for two of them is
 *     a cut
 * @param maxFrameBytes a larger frame ends the subscription
 * @param backoff of reconnects; the server's {@code retry:} takes the place of its base
 */
public record SubscribeOptions(
    List<String> topics,
    List<String> types,
    @Nullable String after,
    Duration heartbeat,
    int maxFrameBytes,
    Backoff backoff) {
  public SubscribeOptions {
    topics = List.copyOf(topics);
    types = List.copyOf(types);
    if (topics.isEmpty()) throw new IllegalArgumentException("a subscription needs a topic");
    StreamPlan.check(heartbeat, maxFrameBytes);
  }

  public static SubscribeOptions topics(String... patterns) {
    return new SubscribeOptions(
        List.of(patterns),
        List.of(),
        null,
        StreamPlan.HEARTBEAT,
        StreamPlan.MAX_FRAME_BYTES,
        StreamPlan.BACKOFF);
  }

  public SubscribeOptions types(String... newTypes) {
    return new SubscribeOptions(
        topics, List.of(newTypes), after, heartbeat, maxFrameBytes, backoff);
  }

  public SubscribeOptions after(@Nullable String position) {
    return new SubscribeOptions(topics, types, position, heartbeat, maxFrameBytes, backoff);
  }

  public SubscribeOptions heartbeat(Duration interval) {
    return new SubscribeOptions(topics, types, after, interval, maxFrameBytes, backoff);
  }

  public SubscribeOptions maxFrameBytes(int bytes) {
    return new SubscribeOptions(topics, types, after, heartbeat, bytes, backoff);
  }

  public SubscribeOptions backoff(Backoff newBackoff) {
    return new SubscribeOptions(topics, types, after, heartbeat, maxFrameBytes, newBackoff);
  }

  StreamPlan plan() {
    return new StreamPlan(this::target, Cursor.at(after), false, heartbeat, maxFrameBytes, backoff);
  }

  /** Path and query of the stream; no {@code after} where the position travels as a header. */
  String target(@Nullable String beginning) {
    StringBuilder target = new StringBuilder("/v1/stream?");
    topics.forEach(topic -> target.append("topic=").append(Url.query(topic)).append('&'));
    types.forEach(type -> target.append("type=").append(Url.query(type)).append('&'));
    if (beginning != null) target.append("after=").append(Url.query(beginning)).append('&');
    target.setLength(target.length() - 1);
    return target.toString();
  }
}

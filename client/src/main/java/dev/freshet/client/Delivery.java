package dev.freshet.client;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a subscription hands over, in the order of the log (PROTOCOL §2). */
public sealed interface Delivery {
  /**
   * A connection opened.
   *
   * @param resumed whether it goes on where the last one was cut; if not, every state delivered
   *     before is void, and what follows is complete
   * @param position where the server begins; empty where an application's stream does not tell
   */
  record Opened(boolean resumed, String position, Duration heartbeat) implements Delivery {}

  /**
   * An event.
   *
   * @param position the place after it in the log; null where the frame named none
   */
  record EventReceived(@Nullable String position, Event event) implements Delivery {}

  /**
   * An event of an application's stream.
   *
   * @param position the place after it in the log; null where the frame named none
   * @param type the application's name for it
   */
  record PayloadReceived(@Nullable String position, String type, JsonNode payload)
      implements Delivery {}

  /**
   * A topic has a new current value: a snapshot's, or a change's, patches applied.
   *
   * @param value shared with the subscription, not to be changed
   * @param cause null where the writer gave none, and where the value had to be asked for (S4)
   * @param end whether this was the topic's last change
   */
  record StateChanged(
      String topic,
      JsonNode value,
      long version,
      @Nullable Cause cause,
      boolean end,
      @Nullable Instant time)
      implements Delivery {}

  record StateRemoved(String topic, long version, Instant time) implements Delivery {}

  /** What came before is not continuous with what follows: every state delivered before is void. */
  record Reset(String reason) implements Delivery {}

  /** Caught up: from here on events are live. */
  record Live(String position) implements Delivery {}

  /** The connection was lost; the subscription comes back by itself after this delay. */
  record Retrying(Duration delay, String why) implements Delivery {}

  /**
   * Over, for good: the last delivery.
   *
   * @param reason {@code completed} or {@code closed} (PROTOCOL §2.4)
   */
  record Ended(String reason) implements Delivery {}
}

package dev.freshet.subscription;

import dev.freshet.event.Position;
import dev.freshet.log.Recorded;
import dev.freshet.log.TopicState;

/** What a {@link Subscription} hands out. */
public sealed interface Delivery {
  /** An event, or a change of state, at its position; resume after it. */
  record Received(Position position, Recorded recorded) implements Delivery {}

  /** The value of a state at the position where the subscription begins (U1). */
  record Value(TopicState state) implements Delivery {}

  /**
   * What was received before is not continuous with what follows: values, then {@link Live} (U3).
   */
  record Reset(ResetReason reason) implements Delivery {}

  /** Caught up: from here on events are live. */
  record Live(Position position) implements Delivery {}

  /** Every topic has ended; nothing follows (U7). */
  record End(Position position) implements Delivery {}
}

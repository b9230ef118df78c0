package dev.freshet.view;

import dev.freshet.log.Recorded;
import dev.freshet.log.TopicState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wire form of events and states. Called once for each event and view, whatever the number of
 * subscribers; must be fast, free of side effects and thread-safe. Subscribers share a view only if
 * their representations are equal, so an implementation is a constant or a record.
 */
public interface Representation {
  /** The event's frame; null if this form does not show it. */
  @Nullable Frame event(Recorded recorded);

  /** The snapshot frame of a state; null if this form does not show it. */
  @Nullable Frame state(TopicState state);

  /**
   * Whether a snapshot is one frame, {@link #states}, instead of one a state. A reader that lags is
   * given {@link #state} all the same.
   */
  default boolean joined() {
    return false;
  }

  /**
   * The snapshot as one frame, if it is {@link #joined}; also where nothing matches. Here, and only
   * here, it may read the log.
   *
   * @param states in the order of their topics
   * @param offset that they are at
   * @return null if there is nothing to show
   */
  default @Nullable Frame states(List<TopicState> states, long offset) {
    throw new UnsupportedOperationException("snapshots are not joined");
  }
}

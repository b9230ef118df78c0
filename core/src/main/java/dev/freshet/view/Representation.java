package dev.freshet.view;

import dev.freshet.log.Recorded;
import dev.freshet.log.TopicState;
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
}

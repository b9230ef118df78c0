package dev.freshet.log;

import dev.freshet.event.Event;
import dev.freshet.event.Json;
import org.jspecify.annotations.Nullable;

/**
 * One event to append; with a revision it is also a change of its topic's state, made in the same
 * append (S1).
 *
 * @param revision null for an event that changes no state
 * @param value the state's new value; null when there is no revision, or when the state is deleted
 */
public record Entry(Event event, @Nullable Revision revision, @Nullable Json value) {
  public Entry {
    boolean holdsValue = revision != null && revision.form() != Revision.Form.DELETION;
    if (holdsValue != (value != null)) {
      throw new IllegalArgumentException(
          "a change of state needs a value, and nothing else may have one");
    }
  }

  public static Entry of(Event event) {
    return new Entry(event, null, null);
  }
}

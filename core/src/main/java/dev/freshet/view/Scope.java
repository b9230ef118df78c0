package dev.freshet.view;

import dev.freshet.access.Grant;
import dev.freshet.event.Event;
import dev.freshet.event.Filter;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Filter ∧ grant: what a subscriber both asked for and may read (A1). Subscribers with different
 * grants but the same scope share a view.
 *
 * @param residual the grant, where the filter alone does not settle what may be read; otherwise
 *     null
 */
public record Scope(Filter filter, @Nullable Grant residual) {
  /** The narrowest scope for a filter under a read grant. */
  public static Scope of(Filter filter, Grant read) {
    List<TopicPattern> narrowed = new ArrayList<>();
    boolean settled = true;
    for (TopicPattern asked : filter.patterns()) {
      settled &= narrow(asked, read, narrowed);
    }
    if (narrowed.isEmpty()) return new Scope(filter, Grant.NONE);
    return new Scope(new Filter(narrowed, filter.types()), settled ? null : read);
  }

  /** Adds the readable part of a pattern; false if a part is left that only the grant can tell. */
  private static boolean narrow(TopicPattern asked, Grant read, List<TopicPattern> narrowed) {
    if (read.covers(asked)) {
      narrowed.add(asked);
      return true;
    }
    boolean settled = true;
    for (TopicPattern granted : read.patterns()) {
      if (asked.covers(granted)) {
        narrowed.add(granted);
      } else if (asked.overlaps(granted)) {
        narrowed.add(asked);
        settled = false;
      }
    }
    return settled;
  }

  public boolean permits(Topic topic) {
    return residual == null || residual.permits(topic);
  }

  public boolean matches(Event event) {
    return filter.matches(event) && permits(event.topic());
  }
}

package dev.freshet.subscription;

import dev.freshet.event.Filter;
import dev.freshet.log.EventLog;
import dev.freshet.log.Recorded;
import dev.freshet.view.Scope;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The newest events that match, for a stream that begins with snapshots: they come after these, in
 * the order of the log, without ids, for a stream that breaks there begins anew.
 *
 * @param filter part of the stream's own; what the stream may not read is left out (A1)
 * @param limit at most so many events, at least 1
 */
public record Backlog(Filter filter, int limit) {
  public Backlog {
    if (limit < 1) throw new IllegalArgumentException("limit " + limit + " is less than 1");
  }

  /** The events of all of them that a scope may see, up to an offset, ascending, each once. */
  public static List<Recorded> read(EventLog log, Scope scope, List<Backlog> backlogs, long upTo) {
    SortedMap<Long, Recorded> events = new TreeMap<>();
    for (Backlog backlog : backlogs) {
      for (Recorded event : log.last(backlog.filter, upTo, backlog.limit)) {
        if (scope.matches(event.event())) events.put(event.offset(), event);
      }
    }
    return List.copyOf(events.values());
  }
}

package dev.freshet.subscription;

import dev.freshet.event.Filter;

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
}

package dev.freshet.log;

import java.util.List;

/**
 * Part of a log as a filter sees it.
 *
 * @param through the log was looked at up to and including this offset; read on after it
 */
public record Slice(List<Recorded> events, long through) {
  public Slice {
    events = List.copyOf(events);
  }
}

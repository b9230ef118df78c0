package dev.freshet.log;

import dev.freshet.event.Position;

/**
 * Where a batch stands in the log: the positions of its first and last event.
 *
 * @param duplicate whether its key had been seen, so that nothing was appended (L3)
 */
public record Appended(Position first, Position last, boolean duplicate) {
  public int count() {
    return Math.toIntExact(last.offset() - first.offset() + 1);
  }
}

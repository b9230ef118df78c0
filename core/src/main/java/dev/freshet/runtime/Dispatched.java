package dev.freshet.runtime;

import java.util.List;

/**
 * What became of an action; it is durable.
 *
 * @param changes in the order of the slices; empty if it changed nothing (S5)
 * @param duplicate whether its id was seen: the changes are those of the first time (L3)
 */
public record Dispatched(List<Change> changes, boolean duplicate) {
  public Dispatched {
    changes = List.copyOf(changes);
  }

  /** The version that a slice got. */
  public record Change(String slice, long version) {}
}

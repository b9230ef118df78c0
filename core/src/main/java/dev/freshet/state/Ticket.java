package dev.freshet.state;

import dev.freshet.log.Appended;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run of a writer's work that is to be settled.
 *
 * @param madeFrom groups on their way whose states it read
 * @param group null if it appends nothing
 * @param leads whether its thread appends for the group
 * @param first index in the group of its first entry
 */
record Ticket<T>(
    Attempt<T> attempt, Set<Group> madeFrom, @Nullable Group group, boolean leads, int first) {

  Settled<T> settled(Optional<Appended> all) {
    return new Settled<>(attempt.result(), all.map(this::own));
  }

  private Appended own(Appended all) {
    if (group == null || all.duplicate()) return all;
    int last = first + attempt.draft().entries().size() - 1;
    return new Appended(group.position(first), group.position(last), false);
  }

  /** What the run made, or how it failed. */
  record Attempt<T>(Draft draft, @Nullable T result, @Nullable RuntimeException failure) {
    boolean idle() {
      return failure != null || draft.entries().isEmpty();
    }
  }

  /**
   * What a run came to.
   *
   * @param result of the work; null only if its key had been seen
   * @param appended empty if there was nothing to append
   */
  record Settled<T>(@Nullable T result, Optional<Appended> appended) {}
}

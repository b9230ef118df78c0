package dev.freshet.state;

import dev.freshet.event.Position;
import dev.freshet.event.Topic;
import dev.freshet.log.Appended;
import dev.freshet.log.Batch;
import dev.freshet.log.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Drafts that are appended as one batch: the first one's thread appends for all. While the groups
 * whose states they were made from are still on their way, more can join. All fields are guarded by
 * {@link Pending}'s gate; the outcome may be read by who has awaited it.
 */
final class Group {
  private static final int MAX_ENTRIES = 512;

  /** Of data and values together; one draft alone may have more. */
  private static final long MAX_BYTES = 4L << 20;

  private final CountDownLatch settled = new CountDownLatch(1);
  private final boolean shared;
  private final Optional<String> key;
  private final Set<Group> after;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Topic, Held> changed = new HashMap<>();
  private int drafts;
  private long bytes;
  private boolean appending;
  private @Nullable Outcome outcome;

  /**
   * @param after what has to settle first
   * @param shared whether other drafts may join
   */
  Group(Set<Group> after, boolean shared, Optional<String> key) {
    this.after = new HashSet<>(after);
    this.shared = shared;
    this.key = key;
  }

  /**
   * Whether a draft that was made from these groups, this one among them, may join without a wait
   * in a circle.
   */
  boolean admits(Draft draft, Set<Group> madeFrom) {
    return shared
        && !appending
        && entries.size() + draft.entries().size() <= MAX_ENTRIES
        && bytes + draft.bytes() <= MAX_BYTES
        && madeFrom.stream().allMatch(g -> g == this || g.appending);
  }

  /** Takes the draft in, and answers the index of its first entry. */
  int join(Draft draft, Set<Group> madeFrom) {
    int first = entries.size();
    drafts++;
    bytes += draft.bytes();
    entries.addAll(draft.entries());
    madeFrom.stream().filter(g -> g != this).forEach(after::add);
    draft.changed().forEach((topic, held) -> changed.put(topic, held.in(this, first)));
    return first;
  }

  /** The states that it makes, as later drafts find them. */
  Map<Topic, Held> states() {
    return changed;
  }

  Held state(Topic topic) {
    return Objects.requireNonNull(changed.get(topic));
  }

  boolean lonely() {
    return drafts == 1;
  }

  /** One of those that have to settle first and have not; with none left, this closes to others. */
  @Nullable Group next() {
    for (Group group : after) {
      if (group.outcome == null) return group;
    }
    appending = true;
    return null;
  }

  /** Whether what it was made from came to be. */
  boolean founded() {
    return after.stream().allMatch(Group::stands);
  }

  Batch batch() {
    return new Batch(entries, key);
  }

  void settle(Outcome reached) {
    outcome = reached;
    after.clear();
    entries.clear();
    settled.countDown();
  }

  /**
   * Waits until it has settled; not to be interrupted, since its entries may be in the log by then.
   */
  Outcome await() {
    boolean interrupted = false;
    while (true) {
      try {
        settled.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
    return outcome();
  }

  private Outcome outcome() {
    Outcome reached = outcome;
    if (reached == null) throw new IllegalStateException("the group has not settled");
    return reached;
  }

  /** Whether it has settled and its states are those in the log. */
  boolean stands() {
    return appended().filter(a -> !a.duplicate()).isPresent();
  }

  Position position(int index) {
    Position first =
        appended()
            .orElseThrow(() -> new IllegalStateException("the group was not appended"))
            .first();
    return new Position(first.epoch(), first.offset() + index);
  }

  private Optional<Appended> appended() {
    return outcome instanceof Outcome.Done done ? done.appended() : Optional.empty();
  }

  /** How it ended. */
  sealed interface Outcome {
    Outcome NOTHING = new Done(Optional.empty());

    /** Empty if there was nothing to append. */
    record Done(Optional<Appended> appended) implements Outcome {
      Done(Appended appended) {
        this(Optional.of(appended));
      }
    }

    /**
     * Nothing was appended, and the drafts are to be made again, each for itself if one of them is
     * at fault.
     */
    record Again(boolean apart) implements Outcome {}

    record Failed(RuntimeException reason) implements Outcome {}
  }
}

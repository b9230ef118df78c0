package dev.freshet.state;

import dev.freshet.event.Topic;
import dev.freshet.log.EventLog;
import dev.freshet.state.Group.Outcome;
import dev.freshet.state.Ticket.Attempt;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The states of a log, with those that are on their way into it. Thread-safe. */
final class Pending {
  private static final int STAMPS = 1024;

  private final EventLog log;

  /**
   * Guards the groups' fields, and every write to the two below; never held while the log appends.
   */
  private final ReentrantLock gate = new ReentrantLock();

  /** The newest states that are on their way, by topic. */
  private final Map<Topic, Held> coming = new ConcurrentHashMap<>();

  /**
   * How often topics of this hash changed: tells whether what was read from the log is still
   * current.
   */
  private final AtomicIntegerArray stamps = new AtomicIntegerArray(STAMPS);

  Pending(EventLog log) {
    this.log = log;
  }

  Held state(Topic topic) {
    int stamp = stamps.get(slot(topic));
    Held next = coming.get(topic);
    if (next != null) return next;
    return log.state(topic).map(Held::of).orElse(Held.NOTHING).stamped(stamp);
  }

  /**
   * Gives a draft its place in a group. It is made before the gate is entered, so that long work
   * holds up nobody, and again behind it if a state that it read has changed meanwhile.
   *
   * @param apart whether it may not share a group
   */
  <T> Ticket<T> enter(Supplier<Attempt<T>> drafting, boolean apart) {
    Attempt<T> attempt = drafting.get();
    gate.lock();
    try {
      return ticket(current(attempt.draft()) ? attempt : drafting.get(), apart);
    } finally {
      gate.unlock();
    }
  }

  private boolean current(Draft draft) {
    return draft.found().entrySet().stream().allMatch(e -> current(e.getKey(), e.getValue()));
  }

  private boolean current(Topic topic, Held held) {
    Held next = coming.get(topic);
    return held.group() == null
        ? next == null && held.stamp() == stamps.get(slot(topic))
        : held.equals(next);
  }

  private <T> Ticket<T> ticket(Attempt<T> attempt, boolean apart) {
    Draft draft = attempt.draft();
    Set<Group> madeFrom = madeFrom(draft);
    if (attempt.idle()) return new Ticket<>(attempt, madeFrom, null, false, 0);
    boolean alone = apart || draft.key().isPresent();
    Optional<Group> open =
        madeFrom.stream().filter(g -> !alone && g.admits(draft, madeFrom)).findFirst();
    Group group = open.orElseGet(() -> new Group(madeFrom, !alone, draft.key()));
    int first = group.join(draft, madeFrom);
    for (Topic topic : draft.changed().keySet()) coming.put(topic, group.state(topic));
    return new Ticket<>(attempt, madeFrom, group, open.isEmpty(), first);
  }

  private static Set<Group> madeFrom(Draft draft) {
    Set<Group> groups = new HashSet<>();
    for (Held held : draft.found().values()) {
      if (held.group() != null) groups.add(held.group());
    }
    return groups;
  }

  /**
   * A group that has to settle before this one is appended; null, and closed to others, when there
   * is none left.
   */
  @Nullable Group before(Group group) {
    gate.lock();
    try {
      return group.next();
    } finally {
      gate.unlock();
    }
  }

  void settle(Group group, Outcome outcome) {
    gate.lock();
    try {
      group.settle(outcome);
      group.states().forEach(this::arrived);
    } finally {
      gate.unlock();
    }
  }

  private void arrived(Topic topic, Held held) {
    coming.remove(topic, held);
    stamps.incrementAndGet(slot(topic));
  }

  private static int slot(Topic topic) {
    return Math.floorMod(topic.hashCode(), STAMPS);
  }
}

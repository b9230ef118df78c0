package dev.freshet.log;

import dev.freshet.event.Position;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** States as they are read, one by one, from a view of the store that does not change. */
final class RocksStates implements StateCut {
  private static final int STEPS = 4;

  private final Partition partition;
  private final List<TopicPattern> patterns;
  private final Iterator<TopicRange> ranges;
  private final Position position;

  // The rest is guarded by this: the store's closing may come from another thread.
  private final Scan states;
  private @Nullable TopicRange range;
  private @Nullable TopicState next;
  private int passed;
  private boolean closed;

  RocksStates(Partition partition, long epoch, List<TopicPattern> patterns) {
    this.partition = partition;
    this.patterns = patterns;
    this.ranges = TopicRange.of(patterns).iterator();
    Layout layout = partition.layout();
    List<Scan> scans =
        partition.database().scans(layout.first(), layout.end(), Family.LEDGERS, Family.STATES);
    this.states = scans.getLast();
    try (Scan ledger = scans.getFirst()) {
      ledger.seek(layout.ledger());
      this.position =
          new Position(epoch, ledger.valid() ? Ledger.decode(ledger.value()).head() : 0);
    }
    partition.reveal(position.offset());
    partition.database().hold(this);
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public synchronized boolean hasNext() {
    if (closed) throw new LogException.Closed();
    while (next == null && inRange()) {
      Topic topic = partition.topics().get(Layout.stateTopic(states.key()));
      if (patterns.stream().anyMatch(p -> p.matches(topic))) take(topic);
      else pass(topic);
    }
    return next != null;
  }

  private void take(Topic topic) {
    TopicState state = StateCodec.decode(topic, states.value());
    next = state.value() == null ? null : state;
    passed = 0;
    states.next();
  }

  /** Goes on to what may match; leaping costs as much as some steps, so first it is a few steps. */
  private void pass(Topic topic) {
    if (++passed <= STEPS) {
      states.next();
    } else {
      passed = 0;
      String target = TopicPattern.after(patterns, topic).orElse(range().end());
      states.seek(partition.layout().path(target));
    }
  }

  private TopicRange range() {
    return Objects.requireNonNull(range);
  }

  @Override
  public synchronized TopicState next() {
    if (!hasNext()) throw new NoSuchElementException();
    TopicState state = Objects.requireNonNull(next);
    next = null;
    return state;
  }

  /** Whether the scan is at a state of some range; moves on to the next range where one ends. */
  private boolean inRange() {
    while (range == null
        || !states.valid()
        || Layout.stateTopic(states.key()).compareTo(range.end()) >= 0) {
      if (!ranges.hasNext()) return false;
      range = ranges.next();
      states.seek(partition.layout().path(range.start()));
    }
    return true;
  }

  @Override
  public synchronized void close() {
    if (closed) return;
    closed = true;
    partition.database().release(this);
    states.close();
  }
}

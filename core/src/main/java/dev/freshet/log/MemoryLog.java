package dev.freshet.log;

import dev.freshet.event.Event;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Position;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A log on the heap; it ends with the process. Appends take turns; reading events waits for none of
 * them.
 */
final class MemoryLog implements EventLog {
  private static final int FOLLOW_LIMIT = 512;
  private static final long MAX_EPOCH = 1L << 48;

  private final long epoch = ThreadLocalRandom.current().nextLong(1, MAX_EPOCH);
  private final InstantSource clock;
  private final Watermarks watermarks;
  private final MemoryEvents events;
  private final MemoryKeys keys;

  /** By the topic's path. */
  private final ConcurrentNavigableMap<String, TopicState> states = new ConcurrentSkipListMap<>();

  private final Tail tail;
  private final Consumer<MemoryLog> whenClosed;

  /**
   * Moves when all of a batch is in place, so that readers, who stop at it, see whole batches only.
   */
  private volatile long head;

  private volatile boolean closed;

  /** When the last append was; guarded by this. */
  private long millis;

  MemoryLog(
      String tenant,
      Retention retention,
      KeyWindow window,
      InstantSource clock,
      Consumer<MemoryLog> whenClosed) {
    this.clock = clock;
    this.watermarks = new Watermarks(retention, Map.of());
    this.events = new MemoryEvents(retention, watermarks);
    this.keys = new MemoryKeys(window);
    this.tail = new Tail(tenant, new Feed());
    this.whenClosed = whenClosed;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public Position head() {
    return new Position(epoch, head);
  }

  @Override
  public Position start(Filter filter) {
    return new Position(epoch, watermarks.start(filter));
  }

  @Override
  public Appended append(Batch batch) {
    Appended appended = appendInTurn(batch);
    tail.wake();
    return appended;
  }

  private synchronized Appended appendInTurn(Batch batch) {
    requireOpen();
    long now = now();
    String key = batch.key().orElse(null);
    Appended duplicate = key == null ? null : keys.duplicate(key, now);
    if (duplicate != null) return duplicate;
    Map<Topic, TopicState> changes = Changes.of(batch, head, new Before());
    Position first = new Position(epoch, head + 1);
    Appended appended =
        new Appended(first, new Position(epoch, head + batch.entries().size()), false);
    if (key != null) keys.add(key, appended, now);
    millis = now;
    store(batch, changes);
    return appended;
  }

  private void store(Batch batch, Map<Topic, TopicState> changes) {
    long offset = head;
    boolean tooMuch = false;
    for (Entry entry : batch.entries()) {
      tooMuch |= events.add(new Recorded(++offset, entry.event(), entry.revision()), millis);
    }
    changes.forEach((topic, state) -> states.put(topic.path(), state));
    head = offset;
    if (tooMuch) retain();
  }

  @Override
  public Slice read(Filter filter, long after, long upTo, int limit) {
    requireOpen();
    watermarks.require(filter, after);
    long last = Math.min(upTo, head);
    List<Recorded> found = events.read(filter, after, last, limit).toList();
    watermarks.require(filter, after);
    return new Slice(
        found, found.size() == limit ? found.getLast().offset() : Math.max(after, last));
  }

  @Override
  public List<Recorded> last(Filter filter, long upTo, int limit) {
    requireOpen();
    return events.last(filter, Math.min(upTo, head), limit);
  }

  @Override
  public synchronized Optional<TopicState> state(Topic topic) {
    requireOpen();
    return Optional.ofNullable(states.get(topic.path()));
  }

  @Override
  public synchronized StateCut states(List<TopicPattern> patterns) {
    requireOpen();
    List<TopicState> copy = new ArrayList<>();
    Map.Entry<String, TopicState> next = states.firstEntry();
    while (next != null) {
      TopicState state = next.getValue();
      if (state.value() != null && matches(patterns, state.topic())) copy.add(state);
      next = TopicPattern.after(patterns, state.topic()).map(states::ceilingEntry).orElse(null);
    }
    return new MemoryStates(head(), copy.iterator(), this::requireOpen);
  }

  private static boolean matches(List<TopicPattern> patterns, Topic topic) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(topic));
  }

  @Override
  public List<TopicSummary> topics(TopicPattern pattern, Optional<Topic> after, int limit) {
    requireOpen();
    NavigableSet<Topic> topics = new TreeSet<>(events.topics());
    states.values().forEach(state -> topics.add(state.topic()));
    return after.map(a -> topics.tailSet(a, false)).orElse(topics).stream()
        .filter(pattern::matches)
        .limit(limit)
        .map(this::summary)
        .toList();
  }

  private TopicSummary summary(Topic topic) {
    TopicState state = states.get(topic.path());
    long last = events.last(topic);
    if (state == null) return new TopicSummary(topic, 0, last, false);
    return new TopicSummary(topic, state.version(), Math.max(last, state.offset()), state.ended());
  }

  @Override
  public Following follow(long after, Follower follower) {
    return tail.follow(after, follower);
  }

  @Override
  public synchronized void retain() {
    requireOpen();
    long now = now();
    keys.expire(now);
    events.retain(now, this::forget);
  }

  /** Not before the last append, whatever the clock does, so that age grows with the offset. */
  private long now() {
    return Math.max(millis, clock.millis());
  }

  /** A state without a value lasts as long as the event that left it so. */
  private void forget(Recorded removed) {
    Event event = removed.event();
    states.computeIfPresent(
        event.topic().path(),
        (path, s) -> s.value() == null && s.offset() == removed.offset() ? null : s);
  }

  private void requireOpen() {
    if (closed) throw new LogException.Closed();
  }

  @Override
  public void close() {
    closed = true;
    tail.close();
    whenClosed.accept(this);
  }

  private final class Before implements Changes.Before {
    @Override
    public Mark mark(Topic topic) {
      TopicState state = states.get(topic.path());
      return state == null ? Mark.NONE : Mark.of(state);
    }

    @Override
    public @Nullable Json value(Topic topic) {
      TopicState state = states.get(topic.path());
      return state == null ? null : state.value();
    }
  }

  private final class Feed implements Tail.Source {
    @Override
    public long head() {
      return head;
    }

    @Override
    public Slice after(long offset) {
      long last = head;
      List<Recorded> found = events.after(offset, last).limit(FOLLOW_LIMIT).toList();
      return new Slice(found, found.size() == FOLLOW_LIMIT ? found.getLast().offset() : last);
    }
  }
}

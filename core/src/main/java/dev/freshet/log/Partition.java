package dev.freshet.log;

import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** One log's part of the database: what its writers and its readers share. */
final class Partition implements Changes.Before {
  private final Layout layout;
  private final Database database;
  private final RocksLogStore.Settings settings;
  private final TopicCache topics;
  private final EventCodec codec;
  private final LongAdder reads = new LongAdder();
  private final Watermarks watermarks;
  private final Recent recent = new Recent();
  private final Tail tail;

  /** As of the last write; replaced by the committer. */
  private volatile Ledger ledger;

  /** How far readers see; never behind a state that somebody was shown. */
  private final AtomicLong head;

  Partition(
      String tenant,
      Layout layout,
      Database database,
      TopicCache topics,
      RocksLogStore.Settings settings) {
    this.layout = layout;
    this.database = database;
    this.topics = topics;
    this.codec = new EventCodec(topics);
    this.settings = settings;
    Opening opening = new Opening(database, layout, settings.retention(), codec);
    this.ledger = opening.ledger();
    this.watermarks = opening.watermarks();
    this.head = new AtomicLong(ledger.head());
    this.tail = new Tail(tenant, new RocksFeed(this));
  }

  Layout layout() {
    return layout;
  }

  Database database() {
    return database;
  }

  Retention retention() {
    return settings.retention();
  }

  KeyWindow window() {
    return settings.keys();
  }

  Stored decode(long offset, byte[] event) {
    reads.increment();
    return codec.decode(offset, event);
  }

  /** How many events were read from the store so far. */
  long reads() {
    return reads.sum();
  }

  TopicCache topics() {
    return topics;
  }

  Watermarks watermarks() {
    return watermarks;
  }

  Recent recent() {
    return recent;
  }

  Tail tail() {
    return tail;
  }

  Ledger ledger() {
    return ledger;
  }

  long head() {
    return head.get();
  }

  /** Makes what was written visible. Followers are to be woken when it is acknowledged. */
  void commit(Ledger written, List<Recorded> events) {
    if (tail.followed()) recent.add(events);
    else recent.clear();
    ledger = written;
    reveal(written.head());
  }

  /** Moves the head to an offset that is known to be durable, since it was read. */
  void reveal(long offset) {
    head.accumulateAndGet(offset, Math::max);
  }

  @Override
  public Mark mark(Topic topic) {
    byte[] start = new byte[StateCodec.MARK_BYTES];
    return database.get(Family.STATES, layout.state(topic), start)
        ? StateCodec.mark(start)
        : Mark.NONE;
  }

  @Override
  public @Nullable Json value(Topic topic) {
    return state(topic).map(TopicState::value).orElse(null);
  }

  Optional<TopicState> state(Topic topic) {
    byte[] stored = database.get(Family.STATES, layout.state(topic));
    return stored == null ? Optional.empty() : Optional.of(StateCodec.decode(topic, stored));
  }

  @Nullable SeenKey seen(String key) {
    byte[] stored = database.get(Family.KEYS, layout.key(key));
    return stored == null ? null : SeenKey.decode(stored);
  }
}

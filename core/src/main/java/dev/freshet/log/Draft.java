package dev.freshet.log;

import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * What a group brings to one log: the log as it will be when the group is written, over the log as
 * it is. It is dropped if the write fails. Owned by the committer.
 */
final class Draft implements Changes.Before {
  private final Partition partition;
  private final Layout layout;
  private final WriteBatch batch;
  private final long now;
  private final Ledger ledger;
  private final Map<Topic, Mark> marks = new HashMap<>();
  private final Map<Topic, TopicState> changed = new HashMap<>();
  private final Map<String, SeenKey> keys = new HashMap<>();
  private final List<Recorded> events = new ArrayList<>();

  Draft(Partition partition, WriteBatch batch, InstantSource clock) {
    this.partition = partition;
    this.layout = partition.layout();
    this.batch = batch;
    this.ledger = partition.ledger().copy();
    this.now = ledger.now(clock);
  }

  Ledger ledger() {
    return ledger;
  }

  @Override
  public Mark mark(Topic topic) {
    TopicState state = changed.get(topic);
    return state == null ? marks.computeIfAbsent(topic, partition::mark) : Mark.of(state);
  }

  @Override
  public @Nullable Json value(Topic topic) {
    TopicState state = changed.get(topic);
    return state == null ? partition.value(topic) : state.value();
  }

  /** Where the batch with this key stands; null if the key was not seen in the window. */
  @Nullable SeenKey seen(String key) {
    SeenKey seen = stored(key);
    if (seen == null) return null;
    return partition.window().forgets(seen.number(), seen.millis(), ledger.keys(), now)
        ? null
        : seen;
  }

  private @Nullable SeenKey stored(String key) {
    SeenKey seen = keys.get(key);
    return seen == null ? partition.seen(key) : seen;
  }

  /** Adds a batch and returns its first offset. */
  long add(Append append) throws RocksDBException {
    long before = ledger.head();
    Map<Topic, TopicState> changes = Changes.of(append.batch(), before, this);
    changed.putAll(changes);
    putEvents(append, before);
    for (IndexEntry entry : append.index()) {
      batch.put(
          handle(Family.TOPICS),
          layout.index(entry.topic(), before + 1 + entry.last()),
          entry.distances());
    }
    String key = append.batch().key().orElse(null);
    if (key != null) use(key, before + 1);
    return before + 1;
  }

  private void putEvents(Append append, long before) throws RocksDBException {
    ColumnFamilyHandle handle = handle(Family.EVENTS);
    long offset = before;
    for (byte[] event : append.events()) {
      EventCodec.stamp(event, now);
      batch.put(handle, layout.event(++offset), event);
    }
    offset = before;
    for (Entry entry : append.batch().entries()) {
      Recorded recorded = new Recorded(++offset, entry.event(), entry.revision());
      events.add(recorded);
      ledger.count(partition.retention(), recorded.event());
    }
    ledger.head(offset);
    ledger.millis(now);
  }

  private void use(String key, long first) throws RocksDBException {
    SeenKey use = new SeenKey(first, ledger.head(), now, ledger.nextKey());
    keys.put(key, use);
    batch.put(handle(Family.KEYS), layout.key(key), use.encode());
    batch.put(
        handle(Family.KEYS),
        layout.keyNumber(use.number()),
        new KeyUse(use.number(), now, key).encode());
  }

  /** Removes a key, unless it was used again since. */
  void forget(KeyUse use) throws RocksDBException {
    SeenKey seen = stored(use.key());
    if (seen != null && seen.number() == use.number())
      batch.delete(handle(Family.KEYS), layout.key(use.key()));
  }

  /**
   * Removes what is left of a topic whose state has no value, if the event at {@code offset} left
   * it so.
   */
  void forget(Topic topic, long offset) throws RocksDBException {
    Mark mark = mark(topic);
    if (mark.valued() || mark.offset() != offset) return;
    batch.delete(handle(Family.STATES), layout.state(topic));
    marks.put(topic, Mark.NONE);
  }

  /** Completes the write with what is written once a group. */
  void seal() throws RocksDBException {
    for (TopicState state : changed.values()) {
      batch.put(handle(Family.STATES), layout.state(state.topic()), StateCodec.encode(state));
    }
    batch.put(handle(Family.LEDGERS), layout.ledger(), ledger.encode());
  }

  void commit() {
    partition.commit(ledger, events);
  }

  private ColumnFamilyHandle handle(Family family) {
    return partition.database().handle(family);
  }
}

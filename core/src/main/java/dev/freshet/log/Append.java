package dev.freshet.log;

import dev.freshet.event.Position;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.rocksdb.RocksDBException;

/**
 * A batch on its way into a log, encoded by its writer as far as it can be without knowing its
 * place.
 */
final class Append extends Work<Appended> {
  private final Partition partition;
  private final long epoch;
  private final Batch batch;
  private final List<IndexEntry> index;
  private final List<byte[]> events;

  Append(Partition partition, long epoch, Batch batch) {
    this.partition = partition;
    this.epoch = epoch;
    this.batch = batch;
    this.index = IndexEntry.of(batch.entries());
    this.events = encode(batch.entries(), index);
  }

  private static List<byte[]> encode(List<Entry> entries, List<IndexEntry> index) {
    if (entries.size() == 1) return List.of(EventCodec.encode(entries.getFirst(), true));
    Set<Integer> indexed = new HashSet<>();
    index.forEach(i -> indexed.add(i.last()));
    return IntStream.range(0, entries.size())
        .mapToObj(i -> EventCodec.encode(entries.get(i), indexed.contains(i)))
        .toList();
  }

  Batch batch() {
    return batch;
  }

  List<IndexEntry> index() {
    return index;
  }

  List<byte[]> events() {
    return events;
  }

  @Override
  Appended stage(Group group) throws RocksDBException {
    Draft draft = group.draft(partition);
    SeenKey seen = batch.key().map(draft::seen).orElse(null);
    if (seen != null) return appended(seen.first(), seen.last(), true);
    long first = draft.add(this);
    return appended(first, first + events.size() - 1, false);
  }

  private Appended appended(long first, long last, boolean duplicate) {
    return new Appended(new Position(epoch, first), new Position(epoch, last), duplicate);
  }
}

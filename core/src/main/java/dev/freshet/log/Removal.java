package dev.freshet.log;

import dev.freshet.event.Event;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Some of one rule's oldest events, on their way out of a log together with what goes with them
 * (L5).
 */
final class Removal extends Work<Integer> {
  /** Below this many events in a row single deletions are cheaper to read past than a range. */
  private static final int MIN_RANGE = 32;

  private final Partition partition;
  private final int rule;
  private final List<Stored> events = new ArrayList<>();

  /** Those in a row: nothing that is kept lies between them. */
  private final List<Run> runs = new ArrayList<>();

  private boolean interrupted = true;
  private long bytes;

  private record Run(int from, int to) {}

  Removal(Partition partition, int rule) {
    this.partition = partition;
    this.rule = rule;
  }

  void add(Stored event) {
    events.add(event);
    bytes += event.bytes();
    int from = interrupted ? events.size() - 1 : runs.removeLast().from();
    runs.add(new Run(from, events.size()));
    interrupted = false;
  }

  /** Something lies here that stays. */
  void interrupt() {
    interrupted = true;
  }

  int count() {
    return events.size();
  }

  long bytes() {
    return bytes;
  }

  /** The offset of the last event that goes. */
  long last() {
    return events.getLast().offset();
  }

  @Override
  Integer stage(Group group) throws RocksDBException {
    Draft draft = group.draft(partition);
    for (Run run : runs) removeEvents(group.batch(), events.subList(run.from(), run.to()));
    for (Stored stored : events) {
      Event event = stored.recorded().event();
      if (stored.indexed())
        group.batch().delete(handle(Family.TOPICS), layout().index(event.topic(), stored.offset()));
      if (leavesMark(stored.recorded())) draft.forget(event.topic(), stored.offset());
    }
    draft.ledger().tally(rule).add(-events.size(), -bytes);
    group
        .batch()
        .put(
            handle(Family.LEDGERS),
            layout().watermark(rule),
            new ByteWriter(Long.BYTES).u64(last()).toBytes());
    return events.size();
  }

  /** Whether a topic may have been left without a value by this event. */
  private static boolean leavesMark(Recorded recorded) {
    Revision revision = recorded.revision();
    return recorded.event().end()
        || (revision != null && revision.form() == Revision.Form.DELETION);
  }

  private void removeEvents(WriteBatch batch, List<Stored> run) throws RocksDBException {
    ColumnFamilyHandle handle = handle(Family.EVENTS);
    if (run.size() >= MIN_RANGE) {
      batch.deleteRange(
          handle,
          layout().event(run.getFirst().offset()),
          layout().event(run.getLast().offset() + 1));
    } else {
      for (Stored stored : run) batch.delete(handle, layout().event(stored.offset()));
    }
  }

  private Layout layout() {
    return partition.layout();
  }

  private ColumnFamilyHandle handle(Family family) {
    return partition.database().handle(family);
  }
}

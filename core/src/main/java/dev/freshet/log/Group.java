package dev.freshet.log;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What is written in one go: the work that was waiting, of all logs. Owned by the committer. */
final class Group {
  private static final int MAX_WORK = 4096;
  private static final long MAX_BYTES = 8 << 20;

  private final WriteBatch batch;
  private final InstantSource clock;
  private final Map<Partition, Draft> drafts = new LinkedHashMap<>();
  private final List<Work<?>> staged = new ArrayList<>();

  Group(WriteBatch batch, InstantSource clock) {
    this.batch = batch;
    this.clock = clock;
  }

  void add(Work<?> work) throws RocksDBException {
    staged.add(work);
    work.stageIn(this);
  }

  Draft draft(Partition partition) {
    return drafts.computeIfAbsent(partition, p -> new Draft(p, batch, clock));
  }

  WriteBatch batch() {
    return batch;
  }

  boolean full() {
    return staged.size() >= MAX_WORK || batch.getDataSize() > MAX_BYTES;
  }

  void write(Database database) throws RocksDBException {
    if (batch.count() == 0) return;
    for (Draft draft : drafts.values()) draft.seal();
    database.write(batch);
    drafts.values().forEach(Draft::commit);
  }

  /** To be called when all is written. */
  void answer() {
    staged.forEach(Work::answer);
    drafts.keySet().forEach(partition -> partition.tail().wake());
  }

  void fail(LogException failure) {
    staged.forEach(work -> work.fail(failure));
  }
}

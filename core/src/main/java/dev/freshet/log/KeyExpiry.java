package dev.freshet.log;

import java.util.List;
import org.rocksdb.RocksDBException;

/** The oldest idempotency keys, on their way out (L3). */
final class KeyExpiry extends Work<Integer> {
  private final Partition partition;
  private final List<KeyUse> uses;

  KeyExpiry(Partition partition, List<KeyUse> uses) {
    this.partition = partition;
    this.uses = uses;
  }

  @Override
  Integer stage(Group group) throws RocksDBException {
    Draft draft = group.draft(partition);
    Layout layout = partition.layout();
    for (KeyUse use : uses) draft.forget(use);
    group
        .batch()
        .deleteRange(
            partition.database().handle(Family.KEYS),
            layout.keyNumber(uses.getFirst().number()),
            layout.keyNumber(uses.getLast().number() + 1));
    return uses.size();
  }
}

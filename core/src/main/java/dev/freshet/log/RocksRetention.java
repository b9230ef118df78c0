package dev.freshet.log;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Removes what retention and the idempotency window no longer keep, in pieces that appends need not
 * wait long for.
 */
final class RocksRetention {
  private static final int MAX_KEYS = 4096;

  private final Partition partition;
  private final Committer committer;
  private final InstantSource clock;
  private final List<RuleSweep> rules;

  RocksRetention(Partition partition, Committer committer, InstantSource clock) {
    this.partition = partition;
    this.committer = committer;
    this.clock = clock;
    this.rules =
        IntStream.range(0, partition.retention().rules().size())
            .mapToObj(i -> new RuleSweep(partition, i))
            .toList();
  }

  synchronized void retain() {
    for (int rule = 0; rule < rules.size(); rule++) retain(rule);
    expireKeys();
  }

  private void retain(int rule) {
    RuleSweep sweep = rules.get(rule);
    for (Optional<Removal> next = sweep.next(now()); next.isPresent(); next = sweep.next(now())) {
      Removal removal = next.get();
      partition.watermarks().raise(rule, removal.last());
      committer.commit(removal);
      sweep.removed(removal);
    }
  }

  private void expireKeys() {
    for (List<KeyUse> next = forgotten(); !next.isEmpty(); next = forgotten()) {
      committer.commit(new KeyExpiry(partition, next));
    }
  }

  private List<KeyUse> forgotten() {
    List<KeyUse> forgotten = new ArrayList<>();
    Layout layout = partition.layout();
    long used = partition.ledger().keys();
    try (Scan uses = partition.database().scan(Family.KEYS, layout.keyNumber(0), layout.end())) {
      for (uses.seekFirst(); uses.valid() && forgotten.size() < MAX_KEYS; uses.next()) {
        KeyUse use = KeyUse.decode(Layout.number(uses.key()), uses.value());
        if (!partition.window().forgets(use.number(), use.millis(), used, now())) break;
        forgotten.add(use);
      }
    }
    return forgotten;
  }

  private long now() {
    return partition.ledger().now(clock);
  }
}

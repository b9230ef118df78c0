package dev.freshet.log;

import java.util.Optional;

/** Finds what one retention rule no longer keeps. Not thread-safe. */
final class RuleSweep {
  private static final int MAX_EVENTS = 2048;

  private final Partition partition;
  private final int rule;
  private final Retention.Rule bounds;

  /**
   * None of the rule's events is at or before this offset, because they were removed or others are
   * there.
   */
  private long passed;

  /** When the oldest event of the rule was appended; 0 if that is not known. */
  private long oldest;

  RuleSweep(Partition partition, int rule) {
    this.partition = partition;
    this.rule = rule;
    this.bounds = partition.retention().rules().get(rule);
    this.passed = partition.watermarks().get(rule);
  }

  /** What should go next; to be followed by {@link #removed} when it is gone. */
  Optional<Removal> next(long now) {
    Tally kept = partition.ledger().tally(rule).copy();
    if (kept.count() == 0 || !(kept.exceeds(bounds) || bounds.outlived(oldest, now)))
      return Optional.empty();
    Removal removal = new Removal(partition, rule);
    new EventScan(partition)
        .forEach(passed, partition.head(), event -> visit(event, kept, now, removal));
    return Optional.of(removal).filter(r -> r.count() > 0);
  }

  /** Returns whether to go on. */
  private boolean visit(Stored event, Tally kept, long now, Removal removal) {
    if (partition.retention().ruleOf(event.recorded().event().topic()) != rule) {
      removal.interrupt();
      if (removal.count() == 0) passed = event.offset();
      return true;
    }
    if (!kept.exceeds(bounds) && !bounds.outlived(event.millis(), now)) {
      if (removal.count() == 0) oldest = event.millis();
      return false;
    }
    removal.add(event);
    kept.add(-1, -event.bytes());
    return removal.count() < MAX_EVENTS;
  }

  void removed(Removal removal) {
    passed = removal.last();
    oldest = 0;
  }
}

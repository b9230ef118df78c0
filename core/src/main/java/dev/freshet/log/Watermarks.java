package dev.freshet.log;

import dev.freshet.event.Filter;
import dev.freshet.event.TopicPattern;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How far retention has gone, rule by rule: a rule's events at or before its watermark are gone, or
 * about to go. Raised before the events are removed, so that a reader who checks after it has read
 * cannot miss one unawares.
 */
final class Watermarks {
  private final List<Retention.Rule> rules;
  private final AtomicLongArray offsets;

  /** Those of rules that the log had before. */
  private final Map<TopicPattern, Long> past;

  Watermarks(Retention retention, Map<TopicPattern, Long> past) {
    this.rules = retention.rules();
    this.offsets = new AtomicLongArray(rules.size());
    this.past = Map.copyOf(past);
  }

  long get(int rule) {
    return offsets.get(rule);
  }

  void raise(int rule, long offset) {
    offsets.accumulateAndGet(rule, offset, Math::max);
  }

  /** See {@link EventLog#start}. */
  long start(Filter filter) {
    long start = 0;
    for (TopicPattern pattern : filter.patterns()) {
      start = Math.max(start, Math.max(start(pattern), pastStart(pattern)));
    }
    return start;
  }

  private long start(TopicPattern pattern) {
    long start = 0;
    for (int i = 0; i < rules.size() - 1; i++) {
      TopicPattern rule = rules.get(i).pattern();
      if (rule.overlaps(pattern)) start = Math.max(start, get(i));
      if (rule.covers(pattern)) return start;
    }
    return Math.max(start, get(rules.size() - 1));
  }

  private long pastStart(TopicPattern pattern) {
    long start = 0;
    for (Map.Entry<TopicPattern, Long> rule : past.entrySet()) {
      boolean last = rule.getKey().equals(TopicPattern.ALL);
      if (last || rule.getKey().overlaps(pattern)) start = Math.max(start, rule.getValue());
    }
    return start;
  }

  /**
   * Makes sure that no event after {@code after} that the filter selects is gone, or about to go.
   *
   * @throws LogException.Truncated if one may be
   */
  void require(Filter filter, long after) {
    long start = start(filter);
    if (after < start) throw new LogException.Truncated(after, start);
  }
}

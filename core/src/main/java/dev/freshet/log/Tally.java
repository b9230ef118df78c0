package dev.freshet.log;

/** Count and size of the events that one retention rule keeps. Owned by the writer of its log. */
final class Tally {
  private long count;
  private long bytes;

  Tally(long count, long bytes) {
    this.count = count;
    this.bytes = bytes;
  }

  Tally copy() {
    return new Tally(count, bytes);
  }

  long count() {
    return count;
  }

  long bytes() {
    return bytes;
  }

  void add(long events, long size) {
    count += events;
    bytes += size;
  }

  boolean exceeds(Retention.Rule rule) {
    return count > rule.maxCount() || bytes > rule.maxBytes();
  }

  /** Whether there is so much too much that retention should not wait for its time. */
  boolean exceedsTwice(Retention.Rule rule) {
    return count / 2 > rule.maxCount() || bytes / 2 > rule.maxBytes();
  }
}

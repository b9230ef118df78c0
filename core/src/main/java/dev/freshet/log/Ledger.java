package dev.freshet.log;

import dev.freshet.event.Event;
import dev.freshet.event.TopicPattern;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What a log knows of itself: head, keys used, and what each retention rule keeps. Written with
 * every append, in the same write, so that it cannot disagree with the events. Not changed after
 * that write: the next one changes a copy.
 */
final class Ledger {
  private final List<String> patterns;
  private final List<Tally> tallies;
  private long head;
  private long keys;
  private long millis;

  private Ledger(List<String> patterns, List<Tally> tallies, long head, long keys, long millis) {
    this.patterns = patterns;
    this.tallies = tallies;
    this.head = head;
    this.keys = keys;
    this.millis = millis;
  }

  Ledger(Retention retention) {
    this(patterns(retention), zero(retention), 0, 0, 0);
  }

  static Ledger decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    Ledger ledger =
        new Ledger(new ArrayList<>(), new ArrayList<>(), in.varint(), in.varint(), in.varint());
    while (in.hasMore()) {
      ledger.patterns.add(in.text());
      ledger.tallies.add(new Tally(in.varint(), in.varint()));
    }
    return ledger;
  }

  byte[] encode() {
    ByteWriter out = new ByteWriter(64).varint(head).varint(keys).varint(millis);
    for (int i = 0; i < patterns.size(); i++) {
      out.text(patterns.get(i)).varint(tallies.get(i).count()).varint(tallies.get(i).bytes());
    }
    return out.toBytes();
  }

  Ledger copy() {
    return new Ledger(patterns, tallies.stream().map(Tally::copy).toList(), head, keys, millis);
  }

  /** Whether its tallies are of these rules; bounds may differ. */
  boolean of(Retention retention) {
    return patterns.equals(patterns(retention));
  }

  /** This for other rules, with nothing counted yet. */
  Ledger recounted(Retention retention) {
    return new Ledger(patterns(retention), zero(retention), head, keys, millis);
  }

  void count(Retention retention, Event event) {
    tally(retention.ruleOf(event.topic())).add(1, Stored.bytes(event));
  }

  TopicPattern pattern(int rule) {
    return TopicPattern.of(patterns.get(rule));
  }

  long head() {
    return head;
  }

  void head(long offset) {
    head = offset;
  }

  /** How many idempotency keys were used so far, which is the number of the last. */
  long keys() {
    return keys;
  }

  long nextKey() {
    return ++keys;
  }

  /** When the last append was. */
  long millis() {
    return millis;
  }

  void millis(long now) {
    millis = now;
  }

  /** Not before the last append, whatever the clock does, so that age grows with the offset. */
  long now(InstantSource clock) {
    return Math.max(millis, clock.millis());
  }

  Tally tally(int rule) {
    return tallies.get(rule);
  }

  private static List<String> patterns(Retention retention) {
    return retention.rules().stream().map(rule -> rule.pattern().path()).toList();
  }

  private static List<Tally> zero(Retention retention) {
    return retention.rules().stream().map(rule -> new Tally(0, 0)).toList();
  }
}

package dev.freshet.log;

import dev.freshet.event.TopicPattern;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds a log's ledger and watermarks as they were left, and fits them to the retention rules of
 * today.
 */
final class Opening {
  private final Database database;
  private final Layout layout;
  private final Retention retention;
  private final EventCodec codec;

  Opening(Database database, Layout layout, Retention retention, EventCodec codec) {
    this.database = database;
    this.layout = layout;
    this.retention = retention;
    this.codec = codec;
  }

  Ledger ledger() {
    byte[] stored = database.get(Family.LEDGERS, layout.ledger());
    if (stored == null) return new Ledger(retention);
    Ledger ledger = Ledger.decode(stored);
    return ledger.of(retention) ? ledger : recounted(ledger);
  }

  /**
   * With other rules every event may count for another one: what the old ones removed is kept as
   * past watermarks.
   */
  private Ledger recounted(Ledger old) {
    Ledger ledger = old.recounted(retention);
    try (Scan events = database.scan(Family.EVENTS, layout.first(), layout.end())) {
      for (events.seekFirst(); events.valid(); events.next()) {
        ledger.count(
            retention,
            codec.decode(Layout.offset(events.key()), events.value()).recorded().event());
      }
    }
    Map<TopicPattern, Long> past = past();
    try (Scan marks = scan(layout.watermark(0), layout.pastWatermark(""))) {
      for (marks.seekFirst(); marks.valid(); marks.next()) {
        past.merge(old.pattern(Layout.rule(marks.key())), offset(marks), Math::max);
      }
    }
    write(ledger, past);
    return ledger;
  }

  private void write(Ledger ledger, Map<TopicPattern, Long> past) {
    database.write(batch -> {
      var ledgers = database.handle(Family.LEDGERS);
      batch.deleteRange(ledgers, layout.watermark(0), layout.pastWatermark(""));
      for (Map.Entry<TopicPattern, Long> mark : past.entrySet()) {
        byte[] offset = new ByteWriter(Long.BYTES).u64(mark.getValue()).toBytes();
        batch.put(ledgers, layout.pastWatermark(mark.getKey().path()), offset);
      }
      batch.put(ledgers, layout.ledger(), ledger.encode());
    });
  }

  /** To be called after {@link #ledger()}. */
  Watermarks watermarks() {
    Watermarks watermarks = new Watermarks(retention, past());
    try (Scan marks = scan(layout.watermark(0), layout.pastWatermark(""))) {
      for (marks.seekFirst(); marks.valid(); marks.next()) {
        watermarks.raise(Layout.rule(marks.key()), offset(marks));
      }
    }
    return watermarks;
  }

  private Map<TopicPattern, Long> past() {
    Map<TopicPattern, Long> past = new HashMap<>();
    try (Scan marks = scan(layout.pastWatermark(""), layout.end())) {
      for (marks.seekFirst(); marks.valid(); marks.next()) {
        past.put(TopicPattern.of(Layout.pattern(marks.key())), offset(marks));
      }
    }
    return past;
  }

  private Scan scan(byte[] start, byte[] end) {
    return database.scan(Family.LEDGERS, start, end);
  }

  private static long offset(Scan marks) {
    return new ByteReader(marks.value()).u64();
  }
}

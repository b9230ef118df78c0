package dev.freshet.testkit;

import dev.freshet.event.Event;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.Batch;
import dev.freshet.log.Entry;
import dev.freshet.log.EventLog;
import dev.freshet.log.KeyWindow;
import dev.freshet.log.LogStore;
import dev.freshet.log.Recorded;
import dev.freshet.log.Retention;
import dev.freshet.log.Revision;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the parts of {@link EventLogContract} work on, and short words for it. */
interface LogFixture {
  /** A new store with nothing in it; closed after the test. */
  LogStore store(Retention retention, KeyWindow keys);

  ManualClock clock();

  default EventLog log() {
    return log(Retention.DEFAULT);
  }

  default EventLog log(Retention retention) {
    return store(retention, KeyWindow.DEFAULT).log("acme");
  }

  default EventLog log(KeyWindow keys) {
    return store(Retention.DEFAULT, keys).log("acme");
  }

  default Entry event(String topic) {
    return event(topic, "happened");
  }

  default Entry event(String topic, String type) {
    return Entry.of(Event.of(Topic.of(topic), type, clock().instant(), Json.parse("{\"n\":1}")));
  }

  default Entry end(String topic) {
    return Entry.of(new Event(Topic.of(topic), "ended", clock().instant(), Json.NULL, true));
  }

  /** A change that carries its value whole. */
  default Entry change(String topic, long base, Object value) {
    return change(topic, base, Json.from(value), false);
  }

  default Entry change(String topic, long base, @Nullable Json value, boolean end) {
    Revision.Form form = value == null ? Revision.Form.DELETION : Revision.Form.VALUE;
    Json data = value == null ? Json.NULL : value;
    Event event = new Event(Topic.of(topic), "state.update", clock().instant(), data, end);
    return new Entry(event, new Revision(base + 1, base, form, null), value);
  }

  default Entry deletion(String topic, long base) {
    return change(topic, base, null, false);
  }

  /** Events on a topic, each in a batch of its own. */
  default void appendMany(EventLog log, String topic, int count) {
    IntStream.range(0, count).forEach(i -> log.append(Batch.of(event(topic))));
  }

  static Batch keyed(String key, Entry... entries) {
    return new Batch(List.of(entries), Optional.of(key));
  }

  static Retention.Rule rule(String pattern, Duration age, long count, long bytes) {
    return new Retention.Rule(TopicPattern.of(pattern), age, count, bytes);
  }

  static Retention keepCount(String pattern, long count) {
    return new Retention(List.of(rule(pattern, Duration.ofDays(1), count, Long.MAX_VALUE)));
  }

  static List<Recorded> readAll(EventLog log, String... patterns) {
    Filter filter = Filter.of(patterns);
    return log.read(filter, log.start(filter).offset(), Long.MAX_VALUE, Integer.MAX_VALUE).events();
  }

  /** The version that the event's change made; 0 if it made none. */
  static long version(Recorded recorded) {
    return recorded.revision() == null ? 0 : recorded.revision().version();
  }

  /** The version that the event's change was made from; 0 if it made none. */
  static long base(Recorded recorded) {
    return recorded.revision() == null ? 0 : recorded.revision().base();
  }

  static List<Long> offsets(List<Recorded> events) {
    return events.stream().map(Recorded::offset).toList();
  }

  static List<TopicPattern> patterns(String... patterns) {
    return Arrays.stream(patterns).map(TopicPattern::of).toList();
  }
}

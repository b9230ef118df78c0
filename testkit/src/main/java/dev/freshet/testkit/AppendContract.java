package dev.freshet.testkit;

import static dev.freshet.testkit.LogFixture.keyed;
import static dev.freshet.testkit.LogFixture.offsets;
import static dev.freshet.testkit.LogFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.Event;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Position;
import dev.freshet.event.Topic;
import dev.freshet.log.Appended;
import dev.freshet.log.Batch;
import dev.freshet.log.Entry;
import dev.freshet.log.EventLog;
import dev.freshet.log.KeyWindow;
import dev.freshet.log.LogException;
import dev.freshet.log.Recorded;
import dev.freshet.log.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Appending: order, atomicity, deduplication. */
interface AppendContract extends LogFixture {
  @Test
  default void head_ofEmptyLog_isBeforeTheFirstOffset_L2() {
    EventLog log = log();
    assertThat(log.head()).isEqualTo(new Position(log.epoch(), 0));
    assertThat(readAll(log, "**")).isEmpty();
  }

  @Test
  default void append_batches_takeDenseOffsetsFromOne_L2() {
    EventLog log = log();
    assertThat(log.append(Batch.of(event("a")))).isEqualTo(appended(log, 1, 1));
    assertThat(log.append(Batch.of(event("a"), event("b"), event("a"))))
        .isEqualTo(appended(log, 2, 4));
    assertThat(log.head().offset()).isEqualTo(4);
    assertThat(offsets(readAll(log, "**"))).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  default void append_everyField_isReadBack_L1() {
    EventLog log = log();
    Revision revision =
        new Revision(1, 0, Revision.Form.VALUE, new Revision.Cause("päyment", "p-9"));
    Revision explained =
        new Revision(
            2,
            1,
            Revision.Form.PATCH,
            new Revision.Cause("päyment", "p-10", Json.parse("{\"by\":\"ü\"}")));
    Json value = Json.parse("{\"a\":[1,2.50,\"ü\"]}");
    Event update =
        new Event(
            Topic.of("a/b"), "wörk", Instant.parse("1969-12-31T23:59:59.123456789Z"), value, false);
    Event last =
        new Event(Topic.of("a/b"), "wörk", Instant.parse("2026-01-05T10:00:00Z"), value, true);
    Event plain =
        Event.of(Topic.of("c"), "t", Instant.parse("2026-01-05T10:00:00Z"), Json.parse("[]"));
    log.append(
        Batch.of(
            new Entry(update, revision, value),
            new Entry(last, explained, value),
            Entry.of(plain)));
    assertThat(readAll(log, "**"))
        .containsExactly(
            new Recorded(1, update, revision),
            new Recorded(2, last, explained),
            new Recorded(3, plain, null));
  }

  @Test
  default void append_batchWithOneConflict_appendsNothing_L4() {
    EventLog log = log();
    log.append(Batch.of(change("a", 0, "one")));
    assertThatThrownBy(
            () -> log.append(keyed("k", event("b"), change("c", 0, 1), change("a", 0, "two"))))
        .isInstanceOf(LogException.VersionConflict.class);
    assertThat(log.head().offset()).isEqualTo(1);
    assertThat(log.state(Topic.of("c"))).isEmpty();
    assertThat(log.append(keyed("k", event("b"))).duplicate()).isFalse();
  }

  @Test
  default void append_keySeen_returnsTheFirstRangeAndAppendsNothing_L3() {
    EventLog log = log();
    log.append(Batch.of(event("z")));
    Appended first = log.append(keyed("k", event("a"), event("b")));
    Appended again = log.append(keyed("k", event("c")));
    assertThat(again).isEqualTo(new Appended(first.first(), first.last(), true));
    assertThat(log.head()).isEqualTo(first.last());
  }

  @Test
  default void append_keySeen_winsOverConflict_L3() {
    EventLog log = log();
    log.append(keyed("k", change("a", 0, 1)));
    assertThat(log.append(keyed("k", change("a", 0, 1))).duplicate()).isTrue();
  }

  @Test
  default void append_keyPastItsAge_appendsAgain_L3() {
    EventLog log = log(new KeyWindow(Duration.ofHours(1), 10));
    log.append(keyed("k", event("a")));
    clock().advance(Duration.ofMinutes(60));
    assertThat(log.append(keyed("k", event("a"))).duplicate()).isTrue();
    clock().advance(Duration.ofMillis(1));
    assertThat(log.append(keyed("k", event("a")))).isEqualTo(appended(log, 2, 2));
    assertThat(log.append(keyed("k", event("a"))).first().offset()).isEqualTo(2);
  }

  @Test
  default void append_keyBehindManyOthers_appendsAgain_L3() {
    EventLog log = log(new KeyWindow(Duration.ofHours(1), 3));
    for (String key : List.of("1", "2", "3")) log.append(keyed(key, event("a")));
    assertThat(log.append(keyed("1", event("a"))).duplicate()).isTrue();
    log.append(keyed("4", event("a")));
    assertThat(log.append(keyed("2", event("a"))).duplicate()).isTrue();
    assertThat(log.append(keyed("1", event("a"))).duplicate()).isFalse();
    assertThat(log.append(keyed("2", event("a"))).duplicate()).isFalse();
  }

  @Test
  default void append_keysExpiredByRetention_othersStay_L3() {
    EventLog log = log(new KeyWindow(Duration.ofHours(1), 100));
    log.append(keyed("old", event("a")));
    clock().advance(Duration.ofHours(1));
    log.append(keyed("new", event("a")));
    clock().advance(Duration.ofSeconds(1));
    log.retain();
    assertThat(log.append(keyed("new", event("a"))).duplicate()).isTrue();
    assertThat(log.append(keyed("old", event("a"))).duplicate()).isFalse();
    log.retain();
    assertThat(log.append(keyed("old", event("a"))).duplicate()).isTrue();
  }

  @Test
  default void append_sameKeyAtTheSameTime_appendsOnce_L3() throws Exception {
    EventLog log = log();
    List<Appended> answers = Collections.synchronizedList(new ArrayList<>());
    Threads.inParallel(8, i -> answers.add(log.append(keyed("k", event("a"), event("b")))));
    assertThat(log.head().offset()).isEqualTo(2);
    assertThat(answers).extracting(Appended::first).containsOnly(new Position(log.epoch(), 1));
    assertThat(answers).extracting(Appended::duplicate).containsOnlyOnce(false);
  }

  @Test
  default void append_manyWriters_offsetsAreDenseAndOfOneOrder_L2() throws Exception {
    EventLog log = log();
    List<Long> acknowledged = Collections.synchronizedList(new ArrayList<>());
    List<Long> followed = Collections.synchronizedList(new ArrayList<>());
    log.follow(0, events -> followed.addAll(offsets(events)));
    Threads.inParallel(
        8,
        writer -> {
          for (int i = 0; i < 50; i++) {
            Appended appended =
                log.append(Batch.of(event("w/" + writer, "first"), event("w/" + writer, "second")));
            acknowledged.add(appended.first().offset());
            acknowledged.add(appended.last().offset());
            assertThat(log.head().offset()).isGreaterThanOrEqualTo(appended.last().offset());
          }
        });
    List<Long> dense = LongStream.rangeClosed(1, 800).boxed().toList();
    assertThat(acknowledged).containsExactlyInAnyOrderElementsOf(dense);
    List<Recorded> events = readAll(log, "**");
    assertThat(offsets(events)).isEqualTo(dense);
    assertThat(events).isEqualTo(readAll(log, "**"));
    for (int i = 0; i < events.size(); i += 2) {
      assertThat(events.get(i).event().topic()).isEqualTo(events.get(i + 1).event().topic());
    }
    Threads.eventually(() -> assertThat(followed).isEqualTo(dense));
  }

  @Test
  default void read_whileAppending_seesWholeBatchesWithoutGaps_L2() throws Exception {
    EventLog log = log();
    Threads.inParallel(
        4,
        thread -> {
          if (thread > 1) readUntil(log, 400);
          else for (int i = 0; i < 100; i++) log.append(Batch.of(event("a"), event("b")));
        });
  }

  private static void readUntil(EventLog log, long last) {
    long after = 0;
    while (after < last) {
      var slice = log.read(Filter.of("**"), after, Long.MAX_VALUE, 1000);
      List<Long> expected = LongStream.rangeClosed(after + 1, slice.through()).boxed().toList();
      assertThat(offsets(slice.events())).isEqualTo(expected);
      assertThat(slice.through() % 2).isZero();
      after = slice.through();
    }
  }

  @Test
  default void append_toEndedTopic_isRefused_U7() {
    EventLog log = log();
    log.append(Batch.of(event("a"), end("a")));
    assertThatThrownBy(() -> log.append(Batch.of(event("b"), event("a"))))
        .isInstanceOf(LogException.TopicEnded.class);
    assertThatThrownBy(() -> log.append(Batch.of(change("a", 0, 1))))
        .isInstanceOf(LogException.TopicEnded.class);
    assertThatThrownBy(() -> log.append(Batch.of(end("c"), event("c"))))
        .isInstanceOf(LogException.TopicEnded.class);
    assertThat(log.head().offset()).isEqualTo(2);
  }

  @Test
  default void append_largeBatch_isOneRange_L4() {
    EventLog log = log();
    List<Entry> entries =
        IntStream.range(0, 5000).mapToObj(i -> event("t/" + i % 7)).collect(Collectors.toList());
    assertThat(log.append(new Batch(entries, java.util.Optional.empty())))
        .isEqualTo(appended(log, 1, 5000));
    assertThat(readAll(log, "t/3")).hasSize(714);
  }

  @Test
  default void append_clockGoesBack_stillAppends() {
    EventLog log = log();
    log.append(Batch.of(event("a")));
    clock().advance(Duration.ofDays(-1));
    log.append(keyed("k", event("a")));
    assertThat(log.append(keyed("k", event("a"))).duplicate()).isTrue();
  }

  @Test
  default void log_closed_refuses() {
    EventLog log = log();
    log.append(Batch.of(event("a")));
    log.close();
    assertThatThrownBy(() -> log.append(Batch.of(event("a"))))
        .isInstanceOf(LogException.Closed.class);
    assertThatThrownBy(() -> log.read(Filter.of("a"), 0, 1, 1))
        .isInstanceOf(LogException.Closed.class);
    assertThatThrownBy(() -> log.states(LogFixture.patterns("a")))
        .isInstanceOf(LogException.Closed.class);
    assertThatThrownBy(() -> log.follow(0, events -> {})).isInstanceOf(LogException.Closed.class);
  }

  private static Appended appended(EventLog log, long first, long last) {
    return new Appended(new Position(log.epoch(), first), new Position(log.epoch(), last), false);
  }
}

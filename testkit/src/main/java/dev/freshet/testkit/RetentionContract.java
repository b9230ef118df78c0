package dev.freshet.testkit;

import static dev.freshet.testkit.LogFixture.keepCount;
import static dev.freshet.testkit.LogFixture.offsets;
import static dev.freshet.testkit.LogFixture.readAll;
import static dev.freshet.testkit.LogFixture.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.Filter;
import dev.freshet.event.Topic;
import dev.freshet.log.Batch;
import dev.freshet.log.EventLog;
import dev.freshet.log.LogException;
import dev.freshet.log.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Retention: which events go, what stays, and what readers are told. */
interface RetentionContract extends LogFixture {
  long MANY = 1_000_000;

  @Test
  default void retain_byCount_removesTheOldest_L5() {
    EventLog log = log(keepCount("**", 3));
    appendMany(log, "a", 5);
    log.retain();
    assertThat(offsets(readAll(log, "**"))).containsExactly(3L, 4L, 5L);
    assertThat(log.start(Filter.of("a")).offset()).isEqualTo(2);
    log.retain();
    appendMany(log, "a", 1);
    log.retain();
    assertThat(offsets(readAll(log, "a"))).containsExactly(4L, 5L, 6L);
  }

  @Test
  default void retain_byAge_removesWhatWasAppendedBefore_L5() {
    EventLog log = log(new Retention(List.of(rule("**", Duration.ofMinutes(10), MANY, MANY))));
    appendMany(log, "a", 2);
    clock().advance(Duration.ofMinutes(6));
    appendMany(log, "a", 2);
    clock().advance(Duration.ofMinutes(4));
    log.retain();
    assertThat(readAll(log, "a")).hasSize(4);
    clock().advance(Duration.ofMillis(1));
    log.retain();
    assertThat(offsets(readAll(log, "a"))).containsExactly(3L, 4L);
    clock().advance(Duration.ofDays(1));
    log.retain();
    assertThat(readAll(log, "a")).isEmpty();
    assertThat(log.head().offset()).isEqualTo(4);
    assertThat(log.start(Filter.of("a")).offset()).isEqualTo(4);
    assertThat(log.append(Batch.of(event("a"))).first().offset()).isEqualTo(5);
    assertThat(offsets(readAll(log, "a"))).containsExactly(5L);
  }

  @Test
  default void retain_byBytes_keepsAtMostSoMany_L5() {
    long eventBytes = 0L + "topic".length() + "happened".length() + "{\"n\":1}".length();
    EventLog log =
        log(new Retention(List.of(rule("**", Duration.ofDays(1), MANY, 3 * eventBytes + 1))));
    appendMany(log, "topic", 7);
    log.retain();
    assertThat(offsets(readAll(log, "**"))).containsExactly(5L, 6L, 7L);
  }

  @Test
  default void retain_rules_applyFirstMatchOnly_L5() {
    EventLog log =
        log(
            new Retention(
                List.of(
                    rule("logs/keep/**", Duration.ofDays(1), MANY, MANY),
                    rule("logs/**", Duration.ofDays(1), 2, MANY),
                    rule("**", Duration.ofDays(1), 4, MANY))));
    for (int i = 0; i < 6; i++) {
      log.append(Batch.of(event("logs/a"), event("logs/keep/b"), event("other")));
    }
    log.retain();
    assertThat(offsets(readAll(log, "logs/a"))).containsExactly(13L, 16L);
    assertThat(offsets(readAll(log, "logs/keep/b"))).containsExactly(2L, 5L, 8L, 11L, 14L, 17L);
    assertThat(offsets(readAll(log, "other"))).containsExactly(9L, 12L, 15L, 18L);
    assertThat(log.start(Filter.of("logs/keep/b")).offset()).isZero();
    assertThat(log.start(Filter.of("logs/a")).offset()).isEqualTo(10);
    assertThat(log.start(Filter.of("other")).offset()).isEqualTo(6);
    assertThat(log.start(Filter.of("**")).offset()).isEqualTo(10);
    assertThat(log.start(Filter.of("other", "logs/keep/b")).offset()).isEqualTo(6);
  }

  @Test
  default void retain_reservedTopics_fallUnderTheLastRule_L5() {
    EventLog log = log(keepCount("**", 2));
    appendMany(log, "$sys/a", 4);
    log.retain();
    assertThat(log.start(Filter.of("$sys/*")).offset()).isEqualTo(2);
    assertThat(offsets(readAll(log, "$sys/a"))).containsExactly(3L, 4L);
  }

  @Test
  default void read_beforeWhatIsKept_isTruncated_U3() {
    EventLog log = log(keepCount("**", 2));
    appendMany(log, "a", 5);
    log.retain();
    assertThatThrownBy(() -> log.read(Filter.of("a"), 2, Long.MAX_VALUE, 10))
        .isInstanceOf(LogException.Truncated.class)
        .hasMessageContaining("2")
        .hasMessageContaining("3");
    assertThat(log.read(Filter.of("a"), 3, Long.MAX_VALUE, 10).events()).hasSize(2);
  }

  @Test
  default void retain_states_stay_L5() {
    EventLog log = log(keepCount("**", 1));
    log.append(Batch.of(change("a", 0, 1), change("b", 0, 2), end("b")));
    appendMany(log, "x", 3);
    log.retain();
    assertThat(log.state(Topic.of("a")).orElseThrow().version()).isEqualTo(1);
    assertThat(log.state(Topic.of("b")).orElseThrow().ended()).isTrue();
    assertThatThrownBy(() -> log.append(Batch.of(event("b"))))
        .isInstanceOf(LogException.TopicEnded.class);
    try (var cut = log.states(LogFixture.patterns("**"))) {
      assertThat(cut).toIterable().hasSize(2);
      assertThat(cut.position()).isEqualTo(log.head());
    }
    assertThat(log.append(Batch.of(change("a", 1, 2))).first().offset()).isEqualTo(7);
  }

  @Test
  default void retain_marksWithoutValue_goWithTheirEvent_L5() {
    EventLog log = log(keepCount("**", 1));
    log.append(
        Batch.of(
            change("deleted", 0, 1), deletion("deleted", 1), end("ended"), change("again", 0, 1)));
    log.append(Batch.of(deletion("again", 1), change("again", 2, 3)));
    log.retain();
    assertThat(log.state(Topic.of("deleted"))).isEmpty();
    assertThat(log.state(Topic.of("ended"))).isEmpty();
    assertThat(log.state(Topic.of("again")).orElseThrow().version()).isEqualTo(3);
    log.append(Batch.of(change("deleted", 0, 1), event("ended")));
    assertThat(log.state(Topic.of("deleted")).orElseThrow().version()).isEqualTo(1);
  }

  @Test
  default void retain_lastEventIsADeletion_keepsItsMark_L5() {
    EventLog log = log(keepCount("**", 1));
    log.append(Batch.of(change("a", 0, 1), deletion("a", 1)));
    log.retain();
    assertThat(log.state(Topic.of("a")).orElseThrow().version()).isEqualTo(2);
  }

  @Test
  default void retain_keys_outliveTheirEvents_L3() {
    EventLog log = log(keepCount("**", 1));
    log.append(LogFixture.keyed("k", event("a"), event("a")));
    appendMany(log, "a", 3);
    log.retain();
    assertThat(log.append(LogFixture.keyed("k", event("a"))).first().offset()).isEqualTo(1);
  }

  @Test
  default void retain_manyEvents_removesThemAll_L5() {
    EventLog log = log(keepCount("t/**", 10));
    for (int i = 0; i < 60; i++) {
      int batch = i;
      log.append(
          new Batch(
              IntStream.range(0, 100).mapToObj(j -> event("t/" + (batch + j) % 13)).toList(),
              Optional.empty()));
    }
    log.retain();
    assertThat(readAll(log, "t/**")).hasSize(10);
    assertThat(log.start(Filter.of("t/**")).offset()).isEqualTo(5990);
    assertThat(readAll(log, "t/3")).hasSizeBetween(0, 1);
    assertThat(log.topics(dev.freshet.event.TopicPattern.ALL, Optional.empty(), 100)).hasSize(10);
  }

  @Test
  default void read_whileRetaining_isCompleteOrTruncated_L2() throws Exception {
    EventLog log = log(keepCount("**", 20));
    long last = 1500;
    Threads.inParallel(
        4,
        thread -> {
          if (thread == 0) {
            for (int i = 0; i < last / 10; i++)
              log.append(new Batch(Collections.nCopies(10, event("t/" + i % 3)), Optional.empty()));
          } else if (thread == 1) {
            while (log.head().offset() < last) log.retain();
          } else {
            readToTheEnd(log, last);
          }
        });
    log.retain();
    assertThat(readAll(log, "**")).hasSize(20);
  }

  private static void readToTheEnd(EventLog log, long last) {
    long after = 0;
    while (after < last) {
      try {
        var slice = log.read(Filter.of("**"), after, Long.MAX_VALUE, 100);
        List<Long> dense = new ArrayList<>();
        for (long o = after + 1; o <= slice.through(); o++) dense.add(o);
        assertThat(offsets(slice.events())).isEqualTo(dense);
        after = slice.through();
      } catch (LogException.Truncated e) {
        after = log.start(Filter.of("**")).offset();
      }
    }
  }

  @Test
  default void follow_behindRetention_getsWhatIsLeft_L5() {
    EventLog log = log(keepCount("**", 2));
    appendMany(log, "a", 5);
    log.retain();
    FollowContract.Notes notes = new FollowContract.Notes();
    log.follow(0, notes);
    notes.awaitOffsets(4, 5);
  }
}

package dev.freshet.testkit;

import static dev.freshet.testkit.LogFixture.offsets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Filter;
import dev.freshet.log.Batch;
import dev.freshet.log.Entry;
import dev.freshet.log.EventLog;
import dev.freshet.log.Recorded;
import dev.freshet.log.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Reading: filters, bounds, and how far was looked. */
interface ReadContract extends LogFixture {
  @Test
  default void read_patterns_selectTopics_U2() {
    EventLog log = log();
    for (String topic : List.of("a", "a/b", "a/b/c", "x/b", "$sys/a", "$sys"))
      log.append(Batch.of(event(topic)));
    assertThat(read(log, "a")).containsExactly(1L);
    assertThat(read(log, "a/*")).containsExactly(2L);
    assertThat(read(log, "a/**")).containsExactly(1L, 2L, 3L);
    assertThat(read(log, "*/b")).containsExactly(2L, 4L);
    assertThat(read(log, "**")).containsExactly(1L, 2L, 3L, 4L);
    assertThat(read(log, "$sys/**")).containsExactly(5L, 6L);
    assertThat(read(log, "$sys")).containsExactly(6L);
    assertThat(read(log, "x/b", "a", "nothing")).containsExactly(1L, 4L);
    assertThat(read(log, "nothing/*")).isEmpty();
  }

  private static List<Long> read(EventLog log, String... patterns) {
    Slice slice = log.read(Filter.of(patterns), 0, Long.MAX_VALUE, 100);
    assertThat(slice.through()).isEqualTo(log.head().offset());
    return offsets(slice.events());
  }

  @Test
  default void read_types_selectEvents_U2() {
    EventLog log = log();
    log.append(Batch.of(event("a", "red"), event("a", "blue"), event("b", "red")));
    assertThat(offsets(log.read(Filter.of("**").types("red"), 0, 9, 9).events()))
        .containsExactly(1L, 3L);
    assertThat(offsets(log.read(Filter.of("a").types("red", "blue"), 0, 9, 9).events()))
        .containsExactly(1L, 2L);
    assertThat(log.read(Filter.of("b").types("blue"), 0, 9, 9).events()).isEmpty();
  }

  @Test
  default void read_limit_stopsAtItsLastEvent() {
    EventLog log = log();
    appendMany(log, "a", 10);
    appendMany(log, "b", 10);
    Slice slice = log.read(Filter.of("a"), 3, Long.MAX_VALUE, 4);
    assertThat(offsets(slice.events())).containsExactly(4L, 5L, 6L, 7L);
    assertThat(slice.through()).isEqualTo(7);
  }

  @Test
  default void read_fewerThanTheLimit_looksUpToTheBound() {
    EventLog log = log();
    appendMany(log, "a", 10);
    appendMany(log, "b", 10);
    assertThat(log.read(Filter.of("a"), 8, 15, 100)).isEqualTo(slice(log, 15, 9, 10));
    assertThat(log.read(Filter.of("a"), 8, 9, 100)).isEqualTo(slice(log, 9, 9));
    assertThat(log.read(Filter.of("a"), 8, Long.MAX_VALUE, 100).through()).isEqualTo(20);
    assertThat(log.read(Filter.of("a"), 12, Long.MAX_VALUE, 100))
        .isEqualTo(new Slice(List.of(), 20));
  }

  private static Slice slice(EventLog log, long through, int... offsets) {
    List<Recorded> all = log.read(Filter.of("**"), 0, Long.MAX_VALUE, 1000).events();
    return new Slice(IntStream.of(offsets).mapToObj(o -> all.get(o - 1)).toList(), through);
  }

  @Test
  default void read_atOrPastTheEnd_isEmptyAndGoesNotBack() {
    EventLog log = log();
    appendMany(log, "a", 3);
    assertThat(log.read(Filter.of("a"), 3, Long.MAX_VALUE, 10)).isEqualTo(new Slice(List.of(), 3));
    assertThat(log.read(Filter.of("a"), 9, Long.MAX_VALUE, 10)).isEqualTo(new Slice(List.of(), 9));
    assertThat(log.read(Filter.of("a"), 2, 1, 10)).isEqualTo(new Slice(List.of(), 2));
  }

  @Test
  default void read_fewTopicsAmongMany_isTheSameFromEveryPosition_U2() {
    EventLog log = log();
    int events = 3000;
    for (int i = 0; i < events; i += 10) {
      int from = i;
      List<Entry> batch =
          IntStream.range(0, 10)
              .mapToObj(j -> event(topic(from + j), j % 2 == 0 ? "even" : "odd"))
              .toList();
      log.append(new Batch(batch, Optional.empty()));
    }
    for (Filter filter :
        List.of(
            Filter.of("t/5"),
            Filter.of("t/5", "t/9"),
            Filter.of("rare"),
            Filter.of("u/**"),
            Filter.of("*/5"),
            Filter.of("t/*"),
            Filter.of("t/5", "rare").types("even"),
            Filter.of("none"))) {
      for (long after : new long[] {0, 1, 57, 1234, 2994, 3000}) {
        for (int limit : new int[] {1, 7, 100, 5000}) check(log, filter, after, 2997, limit);
      }
    }
  }

  @Test
  default void last_isTheNewestThatMatch_ascending() {
    EventLog log = log();
    int events = 3000;
    for (int i = 0; i < events; i += 10) {
      int from = i;
      List<Entry> batch =
          IntStream.range(0, 10)
              .mapToObj(j -> event(topic(from + j), j % 2 == 0 ? "even" : "odd"))
              .toList();
      log.append(new Batch(batch, Optional.empty()));
    }
    List<Recorded> all = log.read(Filter.of("**"), 0, Long.MAX_VALUE, Integer.MAX_VALUE).events();
    for (Filter filter :
        List.of(
            Filter.of("t/5"),
            Filter.of("rare"),
            Filter.of("u/**"),
            Filter.of("t/5", "rare").types("even"),
            Filter.of("none"))) {
      for (long upTo : new long[] {Long.MAX_VALUE, 3000, 2001, 57, 0}) {
        for (int limit : new int[] {1, 7, 1500, 5000}) {
          List<Recorded> matching =
              all.stream().filter(r -> r.offset() <= upTo && filter.matches(r.event())).toList();
          assertThat(log.last(filter, upTo, limit))
              .as("%s up to %s, %s", filter, upTo, limit)
              .isEqualTo(matching.subList(Math.max(0, matching.size() - limit), matching.size()));
        }
      }
    }
  }

  @Test
  default void last_ofVeryManyTopics_isFoundFromTheEnd() {
    EventLog log = log();
    for (int i = 0; i < 6000; i += 100) {
      int from = i;
      List<Entry> batch = IntStream.range(0, 100).mapToObj(j -> event("t/" + (from + j))).toList();
      log.append(new Batch(batch, Optional.empty()));
    }
    assertThat(log.last(Filter.of("t/*"), 5000, 3).stream().map(Recorded::offset))
        .containsExactly(4998L, 4999L, 5000L);
  }

  private static String topic(int i) {
    if (i % 500 == 77) return "rare";
    return i % 3 == 0 ? "u/" + i % 20 : "t/" + i % 11;
  }

  private static void check(EventLog log, Filter filter, long after, long upTo, int limit) {
    List<Recorded> all = log.read(Filter.of("**"), 0, Long.MAX_VALUE, Integer.MAX_VALUE).events();
    List<Recorded> expected =
        all.stream()
            .filter(r -> r.offset() > after && r.offset() <= upTo && filter.matches(r.event()))
            .limit(limit)
            .toList();
    long through = expected.size() == limit ? expected.getLast().offset() : Math.max(after, upTo);
    assertThat(log.read(filter, after, upTo, limit))
        .as("%s after %s, %s", filter, after, limit)
        .isEqualTo(new Slice(expected, through));
  }

  @Test
  default void read_sliceBySlice_givesEveryEventOnce_U2() {
    EventLog log = log();
    for (int i = 0; i < 500; i++)
      log.append(Batch.of(event(i % 3 == 0 ? "a" : "b"), event("c/" + i % 40)));
    for (String pattern : List.of("a", "**", "c/**", "c/7")) {
      List<Long> offsets = new ArrayList<>();
      long after = 0;
      while (after < log.head().offset()) {
        Slice slice = log.read(Filter.of(pattern), after, Long.MAX_VALUE, 9);
        offsets.addAll(offsets(slice.events()));
        after = slice.through();
      }
      assertThat(offsets)
          .isEqualTo(offsets(log.read(Filter.of(pattern), 0, Long.MAX_VALUE, 5000).events()));
    }
    assertThat(offsets(log.read(Filter.of("**"), 0, Long.MAX_VALUE, 5000).events()))
        .isEqualTo(LongStream.rangeClosed(1, 1000).boxed().toList());
  }
}

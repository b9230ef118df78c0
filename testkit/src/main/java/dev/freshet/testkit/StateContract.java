package dev.freshet.testkit;

import static dev.freshet.testkit.LogFixture.patterns;
import static dev.freshet.testkit.LogFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.Batch;
import dev.freshet.log.Entry;
import dev.freshet.log.EventLog;
import dev.freshet.log.LogException;
import dev.freshet.log.LogException.VersionConflict;
import dev.freshet.log.Recorded;
import dev.freshet.log.StateCut;
import dev.freshet.log.TopicState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** States: versions, deletion, ending, and the cut. */
interface StateContract extends LogFixture {
  @Test
  default void change_first_isStoredWithItsEvent_S1() {
    EventLog log = log();
    log.append(Batch.of(event("x"), change("a", 0, "one")));
    TopicState state = log.state(Topic.of("a")).orElseThrow();
    assertThat(state)
        .isEqualTo(new TopicState(Topic.of("a"), 1, Json.from("one"), clock().instant(), 2, false));
    assertThat(readAll(log, "a").getFirst().revision()).extracting(r -> r.version()).isEqualTo(1L);
    assertThat(log.state(Topic.of("x"))).isEmpty();
  }

  @Test
  default void change_ofAnotherVersion_conflictsAndNamesTheCurrentOne_S2() {
    EventLog log = log();
    log.append(Batch.of(change("a", 0, 1), change("a", 1, 2)));
    assertThatThrownBy(() -> log.append(Batch.of(change("a", 1, 3))))
        .asInstanceOf(type(VersionConflict.class))
        .satisfies(e -> {
          assertThat(e.topic()).isEqualTo(Topic.of("a"));
          assertThat(e.current()).isEqualTo(2);
        });
    assertThatThrownBy(() -> log.append(Batch.of(change("b", 1, 3))))
        .asInstanceOf(type(VersionConflict.class))
        .extracting(VersionConflict::current)
        .isEqualTo(0L);
    assertThat(log.head().offset()).isEqualTo(2);
  }

  @Test
  default void change_byManyWriters_oneWinsEachVersion_S2() throws Exception {
    EventLog log = log();
    AtomicInteger won = new AtomicInteger();
    Threads.inParallel(
        8,
        writer -> {
          for (int i = 0; i < 40; i++) {
            long base = log.state(Topic.of("counter")).map(TopicState::version).orElse(0L);
            try {
              log.append(Batch.of(change("counter", base, base + 1)));
              won.incrementAndGet();
            } catch (VersionConflict lost) {
              assertThat(lost.current()).isGreaterThan(base);
            }
          }
        });
    assertThat(log.state(Topic.of("counter")).orElseThrow().version()).isEqualTo(won.get());
    assertThat(readAll(log, "counter"))
        .extracting(LogFixture::version)
        .hasSize(won.get())
        .isSorted();
  }

  @Test
  default void change_afterPlainEvents_keepsVersionAndTime() {
    EventLog log = log();
    Instant changed = clock().instant();
    log.append(Batch.of(change("a", 0, 1)));
    clock().advance(Duration.ofSeconds(1));
    log.append(Batch.of(event("a")));
    assertThat(log.state(Topic.of("a")))
        .contains(new TopicState(Topic.of("a"), 1, Json.from(1), changed, 1, false));
  }

  @Test
  default void deletion_leavesAVersionThatTheNextValueFollows() {
    EventLog log = log();
    log.append(Batch.of(change("a", 0, 1)));
    log.append(Batch.of(deletion("a", 1)));
    assertThat(log.state(Topic.of("a")).orElseThrow())
        .isEqualTo(new TopicState(Topic.of("a"), 2, null, clock().instant(), 2, false));
    assertThatThrownBy(() -> log.append(Batch.of(change("a", 0, 3))))
        .isInstanceOf(VersionConflict.class);
    log.append(Batch.of(change("a", 2, 3)));
    assertThat(log.state(Topic.of("a")).orElseThrow().version()).isEqualTo(3);
  }

  @Test
  default void end_byPlainEvent_keepsTheState_U7() {
    EventLog log = log();
    Instant changed = clock().instant();
    log.append(Batch.of(change("a", 0, "kept")));
    clock().advance(Duration.ofSeconds(1));
    log.append(Batch.of(end("a"), end("b")));
    assertThat(log.state(Topic.of("a")))
        .contains(new TopicState(Topic.of("a"), 1, Json.from("kept"), changed, 2, true));
    assertThat(log.state(Topic.of("b")))
        .contains(new TopicState(Topic.of("b"), 0, null, clock().instant(), 3, true));
  }

  @Test
  default void end_inTheBatchOfTheChange_keepsTheState_U7() {
    EventLog log = log();
    log.append(
        Batch.of(
            change("a", 0, 1), change("a", 1, 2), end("a"), change("b", 0, Json.from(3), true)));
    assertThat(log.state(Topic.of("a")).orElseThrow())
        .isEqualTo(new TopicState(Topic.of("a"), 2, Json.from(2), clock().instant(), 3, true));
    assertThat(log.state(Topic.of("b")).orElseThrow().ended()).isTrue();
    assertThatThrownBy(() -> log.append(Batch.of(deletion("b", 1))))
        .isInstanceOf(LogException.TopicEnded.class);
  }

  @Test
  default void valueOfAnEndedTopic_isRemovedByADeletionThatEndsIt_U7() {
    EventLog log = log();
    log.append(Batch.of(change("a", 0, Json.from(1), true)));
    log.append(Batch.of(change("a", 1, null, true)));
    assertThat(log.state(Topic.of("a")))
        .contains(new TopicState(Topic.of("a"), 2, null, clock().instant(), 2, true));
    assertThatThrownBy(() -> log.append(Batch.of(change("a", 2, null, true))))
        .isInstanceOf(LogException.TopicEnded.class);
  }

  @Test
  default void states_matchPatterns_sortedOnceWithoutTheDeleted() {
    EventLog log = log();
    for (String topic :
        List.of(
            "b", "a/x", "a", "a/x/y", "a-b", "a0", "$sys/a", "c/gone", "c/*x".replace("*", "y"))) {
      log.append(Batch.of(change(topic, 0, topic)));
    }
    log.append(Batch.of(deletion("c/gone", 1), end("only/ended"), event("plain")));
    assertThat(states(log, "**")).containsExactly("a", "a-b", "a/x", "a/x/y", "a0", "b", "c/yx");
    assertThat(states(log, "a/**")).containsExactly("a", "a/x", "a/x/y");
    assertThat(states(log, "a/*", "b", "*/x", "a/**")).containsExactly("a", "a/x", "a/x/y", "b");
    assertThat(states(log, "*/*")).containsExactly("a/x", "c/yx");
    assertThat(states(log, "b", "a", "nothing")).containsExactly("a", "b");
    assertThat(states(log, "$sys/**")).containsExactly("$sys/a");
    assertThat(states(log, "$other/**", "zz/*")).isEmpty();
  }

  @Test
  default void states_farApart_areFoundBetweenManyOthers() {
    EventLog log = log();
    List<Entry> entries = new ArrayList<>();
    for (String topic : List.of("a", "b", "b-", "b0")) {
      entries.add(change("i/" + topic, 0, 1));
      entries.add(change("i/" + topic + "/p", 0, 1));
      for (int i = 0; i < 20; i++) {
        entries.add(change("i/" + topic + "/o/" + i, 0, 1));
        entries.add(change("i/" + topic + "/p/" + i, 0, 1));
        entries.add(change("i/" + topic + "/q/" + i, 0, 1));
      }
    }
    log.append(new Batch(entries, Optional.empty()));
    assertThat(states(log, "i/*/p")).containsExactly("i/a/p", "i/b-/p", "i/b/p", "i/b0/p");
    assertThat(states(log, "i/*/q/7", "i/b"))
        .containsExactly("i/a/q/7", "i/b", "i/b-/q/7", "i/b/q/7", "i/b0/q/7");
    assertThat(states(log, "i/*")).containsExactly("i/a", "i/b", "i/b-", "i/b0");
    assertThat(states(log, "*/b/p/**")).hasSize(21);
  }

  private static List<String> states(EventLog log, String... patterns) {
    List<String> topics = new ArrayList<>();
    try (StateCut cut = log.states(patterns(patterns))) {
      cut.forEachRemaining(state -> topics.add(state.topic().path()));
      assertThatThrownBy(cut::next).isInstanceOf(NoSuchElementException.class);
    }
    return topics;
  }

  @Test
  default void states_laterChanges_areNotInTheCut_U1() {
    EventLog log = log();
    log.append(Batch.of(change("a", 0, 1), change("b", 0, 1)));
    try (StateCut cut = log.states(patterns("**"))) {
      log.append(Batch.of(change("b", 1, 2), change("c", 0, 1), deletion("a", 1)));
      assertThat(cut.position().offset()).isEqualTo(2);
      assertThat(cut).toIterable().extracting(TopicState::version).containsExactly(1L, 1L);
    }
  }

  @Test
  default void states_whileChanging_areOfOnePosition_U1() throws Exception {
    EventLog log = log();
    int changes = 150;
    Threads.inParallel(
        3,
        thread -> {
          if (thread == 0) {
            for (int i = 0; i < changes; i++)
              log.append(Batch.of(change("a", i, i + 1), change("z", i, i + 1)));
          } else {
            long version = 0;
            while (version < changes) version = checkCut(log);
          }
        });
  }

  /**
   * Both topics change in one batch, so that a cut shows both alike, at the offset of the second
   * change.
   */
  private static long checkCut(EventLog log) {
    try (StateCut cut = log.states(patterns("a", "z"))) {
      long head = log.head().offset();
      List<TopicState> states = new ArrayList<>();
      cut.forEachRemaining(states::add);
      assertThat(cut.position().offset()).isLessThanOrEqualTo(head);
      if (states.isEmpty()) return 0;
      assertThat(states).extracting(TopicState::version).containsOnly(states.getFirst().version());
      assertThat(states.getLast().offset()).isEqualTo(cut.position().offset());
      assertThat(log.read(Filter.of("a"), cut.position().offset(), Long.MAX_VALUE, 1).events())
          .extracting(LogFixture::base)
          .allMatch(base -> base == states.getFirst().version());
      return states.getFirst().version();
    }
  }

  @Test
  default void states_andEvents_agree_S1() throws Exception {
    EventLog log = log();
    Threads.inParallel(
        4,
        writer -> {
          for (int i = 0; i < 50; i++) {
            Topic topic = Topic.of("t/" + (writer * 7 + i) % 5);
            long base = log.state(topic).map(TopicState::version).orElse(0L);
            try {
              log.append(
                  Batch.of(
                      i % 9 == 8 ? deletion(topic.path(), base) : change(topic.path(), base, i)));
            } catch (VersionConflict lost) {
              assertThat(lost.topic()).isEqualTo(topic);
            }
          }
        });
    for (int i = 0; i < 5; i++) {
      TopicState state = log.state(Topic.of("t/" + i)).orElseThrow();
      List<Recorded> events = readAll(log, "t/" + i);
      assertThat(events).extracting(LogFixture::version).hasSize((int) state.version()).isSorted();
      assertThat(events.getLast().offset()).isEqualTo(state.offset());
      Json data = events.getLast().event().data();
      assertThat(state.value()).isEqualTo(data.equals(Json.NULL) ? null : data);
    }
  }

  @Test
  default void state_unknownTopic_isEmpty() {
    assertThat(log().state(Topic.of("nothing"))).isEqualTo(Optional.empty());
  }
}

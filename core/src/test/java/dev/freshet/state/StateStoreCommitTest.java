package dev.freshet.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.Event;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.Appended;
import dev.freshet.log.EventLog;
import dev.freshet.log.LogException;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.log.Recorded;
import dev.freshet.log.Revision;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class StateStoreCommitTest {
  private static final Topic A = Topic.of("a");
  private static final Topic B = Topic.of("b");
  private static final Event EVENT = Event.of(Topic.of("log"), "line", Instant.EPOCH, Json.NULL);

  private final MemoryLogStore logs = new MemoryLogStore();
  private final EventLog log = logs.log("t");
  private final StateStore store = store(log);

  @AfterEach
  void close() {
    logs.close();
  }

  @Test
  void commit_ofStatesAndEvents_isOneRange_L4() {
    var cause = new Revision.Cause("order", "1");
    Appended appended =
        store
            .commit(c ->
                c.put(A, number(1))
                    .cause(cause)
                    .put(B, number(2))
                    .publish(List.of(EVENT, EVENT))
                    .delete(A))
            .orElseThrow();
    assertThat(appended.count()).isEqualTo(5);
    List<Recorded> events = Replica.events(log);
    assertThat(events)
        .extracting(e -> e.event().topic().path())
        .containsExactly("a", "b", "log", "log", "a");
    assertThat(events.get(0).revision().cause()).isNull();
    assertThat(events.get(1).revision().cause()).isEqualTo(cause);
    assertThat(events.get(4).revision())
        .isEqualTo(new Revision(2, 1, Revision.Form.DELETION, cause));
    new Replica(log).check();
  }

  @Test
  void commit_readingWhatItChanged_seesIt() {
    store.put(A, node("{\"n\":1}"), WriteOptions.NONE);
    store.commit(c -> {
      c.update(A, v -> ((ObjectNode) v).put("n", v.get("n").asInt() + 1));
      assertThat(c.get(A)).hasToString("{\"n\":2}");
      ((ObjectNode) c.get(A)).put("n", 99);
      c.update(A, v -> ((ObjectNode) v).put("n", v.get("n").asInt() + 1));
      assertThat(c.get(B).isMissingNode()).isTrue();
    });
    assertThat(store.get(A).orElseThrow().value()).hasToString("{\"n\":3}");
    assertThat(store.get(A).orElseThrow().version()).isEqualTo(3);
    new Replica(log).check();
  }

  @Test
  void commit_askingWhenATopicChanged_isTold() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    StateStore timed = new StateStore(log, now::get, StateStore.Limits.DEFAULT);
    timed.put(A, number(1), WriteOptions.NONE);
    now.set(Instant.ofEpochSecond(60));
    timed.commit(c -> {
      assertThat(c.changedAt(A)).contains(Instant.EPOCH);
      assertThat(c.changedAt(B)).isEmpty();
      c.put(A, number(1));
      assertThat(c.changedAt(A)).as("S5").contains(Instant.EPOCH);
      c.put(A, number(2));
      assertThat(c.changedAt(A)).contains(Instant.ofEpochSecond(60));
    });
  }

  @Test
  void update_thatAnswersNothing_deletes() {
    store.put(A, number(1), WriteOptions.NONE);
    store.commit(c -> c.update(A, v -> Json.MAPPER.missingNode()));
    assertThat(store.get(A).orElseThrow().value()).isNull();
  }

  @Test
  void commit_thatThrows_appendsNothing_L4() {
    RuntimeException failure = new IllegalStateException("no");
    assertThatThrownBy(() ->
            store.commit(c -> {
              c.put(A, number(1)).publish(EVENT);
              throw failure;
            }))
        .isSameAs(failure);
    assertThat(log.head().offset()).isZero();
    assertThat(store.put(A, number(1), WriteOptions.NONE).version()).isEqualTo(1);
  }

  @Test
  void commit_ofWhatIsSoAlready_isEmpty_S5() {
    store.put(A, number(1), WriteOptions.NONE);
    assertThat(store.commit(c -> c.put(A, number(1)).delete(B))).isEmpty();
    assertThat(store.commit(c -> {})).isEmpty();
    assertThat(log.head().offset()).isEqualTo(1);
  }

  @Test
  void commit_withAnEnd_endsTheTopic_U7() {
    store.commit(c -> c.put(A, number(1)).put(A, number(2), WriteOptions.NONE.ending()));
    assertThat(store.get(A).orElseThrow().ended()).isTrue();
    assertThatThrownBy(() -> store.commit(c -> c.put(B, number(1)).put(A, number(3))))
        .isInstanceOf(LogException.TopicEnded.class);
    assertThat(store.get(B)).isEmpty();
  }

  @Test
  void commit_withADemandThatIsNotMet_changesNothing_S2() {
    assertThatThrownBy(() ->
            store.commit(c ->
                c.put(B, number(1))
                    .put(A, number(1), WriteOptions.NONE.precondition(Precondition.version(3)))))
        .isInstanceOf(StateException.PreconditionFailed.class);
    assertThat(log.head().offset()).isZero();
  }

  @Test
  void commit_withAKeyOnOneChange_isRefused() {
    assertThatThrownBy(() -> store.commit(c -> c.put(A, number(1), WriteOptions.NONE.key("k"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void commit_thatWritesPastItsChanges_isRefused() {
    assertThatThrownBy(() -> store.commit(c -> store.put(A, number(1), WriteOptions.NONE)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(store.put(A, number(1), WriteOptions.NONE).changed()).isTrue();
  }

  @Test
  void commit_whenAnotherWriterOfTheLogCameFirst_isDoneAgain_S2() {
    StateStore other = store(log);
    AtomicInteger runs = new AtomicInteger();
    store.commit(c -> {
      c.update(A, v -> number(v.asInt(0) + 1));
      if (runs.incrementAndGet() == 1) other.put(A, number(41), WriteOptions.NONE);
    });
    assertThat(store.get(A).orElseThrow().value()).hasToString("42");
    assertThat(runs).hasValue(2);
  }

  @Test
  void put_whenAnotherWriterMadeItsDemandFail_isRefused_S2() {
    StateStore other = store(log);
    var first = new AtomicInteger();
    var raced =
        store(
            new HookedLog(
                log,
                batch -> {
                  if (first.getAndIncrement() == 0) other.put(A, number(7), WriteOptions.NONE);
                  return log.append(batch);
                }));
    assertThatThrownBy(
            () -> raced.put(A, number(1), WriteOptions.NONE.precondition(Precondition.ABSENT)))
        .isInstanceOfSatisfying(
            StateException.PreconditionFailed.class, e -> assertThat(e.current()).isEqualTo(1));
  }

  @Test
  void commit_thatNeverComesFirst_isContended() {
    StateStore other = store(log);
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(() ->
            store.commit(c -> {
              c.update(A, v -> number(v.asInt(0) + 1));
              other.put(A, number(runs.incrementAndGet() * 10), WriteOptions.NONE);
            }))
        .isInstanceOfSatisfying(
            StateException.Contended.class, e -> assertThat(e.retryable()).isTrue());
    assertThat(runs).hasValueLessThan(100);
  }

  private static StateStore store(EventLog log) {
    return new StateStore(log, InstantSource.system(), StateStore.Limits.DEFAULT);
  }

  private static JsonNode number(int value) {
    return Json.MAPPER.valueToTree(value);
  }

  private static JsonNode node(String text) {
    return Json.parse(text).node();
  }
}

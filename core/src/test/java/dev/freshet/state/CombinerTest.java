package dev.freshet.state;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.Event;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.Appended;
import dev.freshet.log.Batch;
import dev.freshet.log.EventLog;
import dev.freshet.log.LogException;
import dev.freshet.log.MemoryLogStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class CombinerTest {
  private static final Topic A = Topic.of("a");
  private static final Topic B = Topic.of("b");

  private final MemoryLogStore logs = new MemoryLogStore();
  private final EventLog log = logs.log("t");
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void close() {
    logs.close();
  }

  @Test
  void writers_ofOneTopic_shareAnAppend() throws Exception {
    Gate gate = new Gate(log);
    StateStore store = store(gate.log());
    FutureTask<Written> first = start(() -> put(store, A, 1));
    gate.awaitAppend();
    List<FutureTask<Written>> rest = new ArrayList<>();
    for (int t = 0; t < 20; t++) {
      int value = 100 + t;
      rest.add(start(() -> put(store, A, value)));
    }
    awaitWaiting(20);
    gate.open();
    assertThat(first.get().version()).isEqualTo(1);
    for (FutureTask<Written> task : rest) assertThat(task.get().changed()).isTrue();
    assertThat(gate.appends()).isEqualTo(2);
    assertThat(Replica.events(log)).hasSize(21);
    new Replica(log).check();
  }

  @Test
  void writers_ofTwoTopics_appendSideBySide() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    StateStore store = store(new HookedLog(log, batch -> meet(both, batch)));
    FutureTask<Written> a = start(() -> put(store, A, 1));
    FutureTask<Written> b = start(() -> put(store, B, 1));
    assertThat(a.get().changed()).isTrue();
    assertThat(b.get().changed()).isTrue();
  }

  private Appended meet(CyclicBarrier barrier, Batch batch) {
    try {
      barrier.await(20, SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("the other append did not come", e);
    }
    return log.append(batch);
  }

  @Test
  void writes_madeFromOneThatFailed_areDoneAgain_S1() throws Exception {
    Gate gate = new Gate(log);
    StateStore store = store(gate.log());
    FutureTask<Written> first = start(() -> put(store, A, 1));
    gate.awaitAppend();
    FutureTask<Written> same = start(() -> put(store, A, 1));
    awaitWaiting(1);
    FutureTask<Written> second = start(() -> put(store, A, 2));
    awaitWaiting(2);
    gate.fail(new LogException.StorageFailed("disk", new IOException("gone")));
    assertThatThrownBy(first::get).hasCauseInstanceOf(LogException.StorageFailed.class);
    assertThat(second.get().changed()).isTrue();
    assertThat(same.get().changed()).isTrue();
    assertThat(Replica.events(log)).hasSize(2);
    new Replica(log).check();
  }

  @Test
  void patch_madeFromOneThatFailed_isNotOfAnothersSameVersion_S1() throws Exception {
    Gate gate = new Gate(log);
    StateStore store = store(gate.log());
    FutureTask<Written> first = start(() -> store.put(A, note("ours", 0), WriteOptions.NONE));
    gate.awaitAppend();
    FutureTask<Written> second = start(() -> store.put(A, note("ours", 1), WriteOptions.NONE));
    awaitWaiting(1);
    store(log).put(A, note("theirs", 0), WriteOptions.NONE);
    gate.fail(new LogException.StorageFull("disk", new IOException("full")));
    assertThatThrownBy(first::get).hasCauseInstanceOf(LogException.StorageFull.class);
    assertThat(second.get().version()).isEqualTo(2);
    new Replica(log).check();
  }

  private static JsonNode note(String text, int count) {
    return Json.MAPPER.createObjectNode().put("note", text.repeat(20)).put("n", count);
  }

  @Test
  void writeThatChangesNothing_ofAValueOnItsWay_waitsForIt_L1() throws Exception {
    Gate gate = new Gate(log);
    StateStore store = store(gate.log());
    FutureTask<Written> first = start(() -> put(store, A, 1));
    gate.awaitAppend();
    FutureTask<Written> same = start(() -> put(store, A, 1));
    awaitWaiting(1);
    assertThat(same.isDone()).isFalse();
    gate.open();
    assertThat(same.get()).isEqualTo(new Written(A, 1, first.get().position(), false, false));
  }

  @Test
  void demand_ofAVersionOnItsWay_isMetOnceItIsThere_S2() throws Exception {
    Gate gate = new Gate(log);
    StateStore store = store(gate.log());
    FutureTask<Written> first = start(() -> put(store, A, 1));
    gate.awaitAppend();
    WriteOptions options = WriteOptions.NONE.precondition(Precondition.version(1));
    FutureTask<Written> second = start(() -> store.put(A, number(2), options));
    FutureTask<Written> refused =
        start(() -> store.put(A, number(3), options.precondition(Precondition.version(9))));
    awaitWaiting(2);
    gate.open();
    first.get();
    assertThat(second.get().version()).isEqualTo(2);
    assertThatThrownBy(refused::get).hasCauseInstanceOf(StateException.PreconditionFailed.class);
  }

  @Test
  void writers_whoShareAnAppendWithOneThatIsRefused_areNotRefused_L4() throws Exception {
    Topic ended = Topic.of("ended");
    store(log).put(ended, number(1), WriteOptions.NONE.ending());
    Gate gate = new Gate(log);
    StateStore store = store(gate.log());
    FutureTask<Written> first = start(() -> put(store, A, 1));
    gate.awaitAppend();
    FutureTask<Written> good = start(() -> put(store, A, 2));
    FutureTask<Object> bad =
        start(() ->
            store.commit(c ->
                c.put(A, number(3)).publish(Event.of(ended, "late", Instant.EPOCH, Json.NULL))));
    FutureTask<Written> also = start(() -> put(store, A, 9));
    awaitWaiting(3);
    gate.open();
    first.get();
    assertThat(good.get().changed()).isTrue();
    assertThat(also.get().changed()).isTrue();
    assertThatThrownBy(bad::get).hasCauseInstanceOf(LogException.TopicEnded.class);
    new Replica(log).check();
  }

  @Test
  void writes_withKeysOnOneTopic_eachHaveTheirAppend_L3() throws Exception {
    Gate gate = new Gate(log);
    StateStore store = store(gate.log());
    FutureTask<Written> first = start(() -> put(store, A, 1));
    gate.awaitAppend();
    FutureTask<Written> keyed = start(() -> store.put(A, number(2), WriteOptions.NONE.key("k")));
    awaitWaiting(1);
    FutureTask<Written> repeated = start(() -> store.put(A, number(2), WriteOptions.NONE.key("k")));
    awaitWaiting(2);
    FutureTask<Written> other = start(() -> put(store, A, 9));
    awaitWaiting(3);
    gate.open();
    first.get();
    assertThat(keyed.get()).isEqualTo(new Written(A, 2, keyed.get().position(), true, false));
    assertThat(repeated.get()).isEqualTo(new Written(A, 2, keyed.get().position(), false, false));
    assertThat(other.get().changed()).isTrue();
    new Replica(log).check();
  }

  @Test
  void interrupt_whileItsAppendIsOnItsWay_isKeptForLater() throws Exception {
    Gate gate = new Gate(log);
    StateStore store = store(gate.log());
    FutureTask<Written> first = start(() -> put(store, A, 1));
    gate.awaitAppend();
    FutureTask<Boolean> second =
        start(() -> {
          put(store, A, 2);
          return Thread.interrupted();
        });
    awaitWaiting(1);
    threads.getLast().interrupt();
    gate.open();
    first.get();
    assertThat(second.get()).isTrue();
    assertThat(store.get(A).orElseThrow().version()).isEqualTo(2);
  }

  private <T> FutureTask<T> start(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    threads.add(Thread.ofPlatform().daemon().start(task));
    return task;
  }

  /** Until so many threads, not counting the first, wait for what stands before them. */
  private void awaitWaiting(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            threads.stream().skip(1).filter(t -> t.getState() == Thread.State.WAITING).count()
                == count);
  }

  private static Written put(StateStore store, Topic topic, int value) {
    return store.put(topic, number(value), WriteOptions.NONE);
  }

  private static StateStore store(EventLog log) {
    return new StateStore(log, InstantSource.system(), StateStore.Limits.DEFAULT);
  }

  private static JsonNode number(int value) {
    return Json.MAPPER.valueToTree(value);
  }
}

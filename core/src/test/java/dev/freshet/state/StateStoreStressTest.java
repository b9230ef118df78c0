package dev.freshet.state;

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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * Many writers, of few topics, in two stores, with keys, over a log that is slow, full at times and
 * has an ended topic: what was acknowledged is there, and nothing else is (S1, S2, L3, L4).
 */
@Timeout(120)
class StateStoreStressTest {
  private static final List<Topic> TOPICS =
      List.of(Topic.of("a"), Topic.of("b"), Topic.of("c"), Topic.of("d"));
  private static final Topic ENDED = Topic.of("ended");
  private static final int THREADS = 12;
  private static final int WRITES = 150;

  private final Map<Topic, Integer> acknowledged = new ConcurrentHashMap<>();

  @RepeatedTest(4)
  void writers_ofAllKinds_areAcknowledgedWhatTheyWrote_S1(RepetitionInfo run) throws Exception {
    try (MemoryLogStore logs = new MemoryLogStore()) {
      EventLog log = logs.log("t");
      StateStore main = store(new HookedLog(log, batch -> append(log, batch)));
      StateStore other = store(log);
      other.put(ENDED, number(1), WriteOptions.NONE.ending());
      for (Topic topic : TOPICS) one(other, topic);
      List<FutureTask<?>> tasks = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        Random random = new Random(run.getCurrentRepetition() * 100L + t);
        StateStore store = t == 0 && run.getCurrentRepetition() % 2 == 0 ? other : main;
        FutureTask<?> task = new FutureTask<>(() -> write(store, random), null);
        tasks.add(task);
        Thread.ofVirtual().start(task);
      }
      for (FutureTask<?> task : tasks) task.get();
      for (Topic topic : TOPICS) {
        assertThat(log.state(topic).orElseThrow().value())
            .hasToString(acknowledged.get(topic).toString());
      }
      new Replica(log).check();
    }
  }

  private static Appended append(EventLog log, Batch batch) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    if (random.nextInt(4) == 0) LockSupport.parkNanos(1_000);
    if (random.nextInt(30) == 0)
      throw new LogException.StorageFull("full", new IOException("full"));
    return log.append(batch);
  }

  private void write(StateStore store, Random random) {
    for (int i = 0; i < WRITES; i++) {
      Topic one = TOPICS.get(random.nextInt(TOPICS.size()));
      Topic two = TOPICS.get(random.nextInt(TOPICS.size()));
      try {
        switch (random.nextInt(6)) {
          case 0 -> both(store, one, two);
          case 1 -> twiceWithOneKey(store, one, "k" + random.nextLong());
          case 2 -> refused(store, one);
          case 3 -> assertThat(store.commit(c -> c.put(one, c.get(one)))).isEmpty();
          default -> one(store, one);
        }
      } catch (LogException.StorageFull | StateException.Contended notAcknowledged) {
        // It is not counted, and must not be there.
      }
    }
  }

  private void one(StateStore store, Topic topic) {
    store.commit(c -> c.update(topic, StateStoreStressTest::more));
    acknowledged.merge(topic, 1, Integer::sum);
  }

  private void both(StateStore store, Topic one, Topic two) {
    Event event = Event.of(Topic.of("log"), "line", Instant.EPOCH, Json.NULL);
    Appended appended =
        store
            .commit(c ->
                c.update(one, StateStoreStressTest::more)
                    .publish(event)
                    .update(two, StateStoreStressTest::more))
            .orElseThrow();
    assertThat(appended.count()).isEqualTo(3);
    acknowledged.merge(one, 1, Integer::sum);
    acknowledged.merge(two, 1, Integer::sum);
  }

  private void twiceWithOneKey(StateStore store, Topic topic, String key) {
    Appended first =
        store.commit(c -> c.key(key).update(topic, StateStoreStressTest::more)).orElseThrow();
    acknowledged.merge(topic, 1, Integer::sum);
    assertThat(first.duplicate()).isFalse();
    Appended second =
        store.commit(c -> c.key(key).update(topic, StateStoreStressTest::more)).orElseThrow();
    assertThat(second).isEqualTo(new Appended(first.first(), first.last(), true));
  }

  private static void refused(StateStore store, Topic topic) {
    Event late = Event.of(ENDED, "late", Instant.EPOCH, Json.NULL);
    assertThatThrownBy(
            () -> store.commit(c -> c.update(topic, StateStoreStressTest::more).publish(late)))
        .isInstanceOfAny(
            LogException.TopicEnded.class,
            LogException.StorageFull.class,
            StateException.Contended.class);
  }

  private static JsonNode more(JsonNode count) {
    return number(count.asInt(0) + 1);
  }

  private static StateStore store(EventLog log) {
    return new StateStore(log, InstantSource.system(), StateStore.Limits.DEFAULT);
  }

  private static JsonNode number(int value) {
    return Json.MAPPER.valueToTree(value);
  }
}

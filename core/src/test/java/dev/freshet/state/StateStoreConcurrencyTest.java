package dev.freshet.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.EventLog;
import dev.freshet.log.MemoryLogStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class StateStoreConcurrencyTest {
  private static final Topic A = Topic.of("a");
  private static final Topic B = Topic.of("b");

  private final MemoryLogStore logs = new MemoryLogStore();
  private final EventLog log = logs.log("t");

  @AfterEach
  void close() {
    logs.close();
  }

  @Test
  void counter_ofEightThreads_losesNothing_S2() throws Exception {
    StateStore store = store(log);
    List<FutureTask<Integer>> tasks = new ArrayList<>();
    for (int t = 0; t < 8; t++) tasks.add(start(() -> increment(store, A, 500)));
    for (FutureTask<Integer> task : tasks) task.get();
    assertThat(store.get(A).orElseThrow().value()).hasToString("{\"n\":4000}");
    assertThat(Replica.events(log))
        .extracting(e -> e.revision().version())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 4000).boxed().toList());
    new Replica(log).check();
  }

  @Test
  void counter_ofTwoStoresOnOneLog_losesNothing_S2() throws Exception {
    StateStore one = store(log);
    StateStore two = store(log);
    List<FutureTask<Integer>> tasks = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      StateStore store = t % 2 == 0 ? one : two;
      tasks.add(start(() -> increment(store, A, 100)));
    }
    int done = 0;
    for (FutureTask<Integer> task : tasks) done += task.get();
    assertThat(store(log).get(A).orElseThrow().value()).hasToString("{\"n\":" + done + "}");
    new Replica(log).check();
  }

  /** How many increments were acknowledged: all, unless others came first at every attempt. */
  private static int increment(StateStore store, Topic topic, int times) {
    int done = 0;
    for (int i = 0; i < times; i++) {
      try {
        store.commit(c -> c.update(topic, StateStoreConcurrencyTest::incremented));
        done++;
      } catch (StateException.Contended contended) {
        assertThat(contended.retryable()).isTrue();
      }
    }
    return done;
  }

  private static JsonNode incremented(JsonNode value) {
    ObjectNode counter =
        value instanceof ObjectNode object ? object : Json.MAPPER.createObjectNode();
    return counter.put("n", counter.path("n").asInt(0) + 1);
  }

  @Test
  void transfers_betweenTopics_keepTheSum_L4() throws Exception {
    StateStore store = store(log);
    List<Topic> accounts = List.of(A, B, Topic.of("c"), Topic.of("d"));
    for (Topic account : accounts) store.put(account, number(100), WriteOptions.NONE);
    List<FutureTask<Integer>> tasks = new ArrayList<>();
    for (int t = 0; t < 6; t++) {
      Random random = new Random(t);
      tasks.add(start(() -> transfer(store, accounts, random)));
    }
    for (FutureTask<Integer> task : tasks) task.get();
    assertThat(
            accounts.stream()
                .mapToInt(a -> store.get(a).orElseThrow().value().node().asInt())
                .sum())
        .isEqualTo(400);
    new Replica(log).check();
  }

  private static int transfer(StateStore store, List<Topic> accounts, Random random) {
    for (int i = 0; i < 300; i++) {
      Topic from = accounts.get(random.nextInt(4));
      Topic to = accounts.get(random.nextInt(4));
      int amount = 1 + random.nextInt(5);
      WriteOptions options =
          random.nextInt(4) == 0 ? WriteOptions.NONE : WriteOptions.NONE.wholeValue();
      String key = "k" + random.nextLong();
      store.commit(c -> {
        if (amount == 5) c.key(key);
        c.update(from, v -> number(v.asInt() - amount), options)
            .update(to, v -> number(v.asInt() + amount));
      });
    }
    return 300;
  }

  private static <T> FutureTask<T> start(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  private static StateStore store(EventLog log) {
    return new StateStore(log, InstantSource.system(), StateStore.Limits.DEFAULT);
  }

  private static JsonNode number(int value) {
    return Json.MAPPER.valueToTree(value);
  }
}

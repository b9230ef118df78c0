package dev.freshet.state;

import dev.freshet.event.Topic;
import dev.freshet.log.EventLog;
import dev.freshet.log.LogException;
import dev.freshet.log.MemoryLogStore;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whoever applies every event holds what the store holds, after any writes (S1, S2, S3). */
class StateStoreReplicaTest {
  private static final Topic[] TOPICS = {Topic.of("a"), Topic.of("a/b"), Topic.of("c")};

  @Test
  void reader_ofRandomWrites_holdsWhatTheStoreHolds_S1() {
    for (long seed = 0; seed < 150; seed++) {
      try (MemoryLogStore logs = new MemoryLogStore()) {
        EventLog log = logs.log("t");
        write(seed, log);
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("seed " + seed, failure);
      }
    }
  }

  private static void write(long seed, EventLog log) {
    StateStore.Limits limits =
        new StateStore.Limits(1 << 20, 200, 4096, seed % 3 == 0 ? 50 : 100_000);
    StateStore store = new StateStore(log, InstantSource.system(), limits);
    Random random = new Random(seed);
    RandomJson values = new RandomJson(seed);
    Replica replica = new Replica(log);
    for (int i = 0; i < 40; i++) {
      write(store, random, values, TOPICS[random.nextInt(TOPICS.length)]);
      replica.check();
    }
  }

  private static void write(StateStore store, Random random, RandomJson values, Topic topic) {
    WriteOptions options = random.nextInt(60) == 0 ? WriteOptions.NONE.ending() : WriteOptions.NONE;
    JsonNode now =
        store
            .get(topic)
            .filter(s -> s.value() != null)
            .map(s -> s.value().node())
            .orElseGet(values::value);
    try {
      switch (random.nextInt(8)) {
        case 0 -> store.put(topic, values.value(), options);
        case 1, 2, 3 -> store.put(topic, values.mutated(now), options);
        case 4 -> store.patch(topic, values.junkPatch(now), options);
        case 5 -> store.merge(topic, values.value(), options.wholeValue());
        case 6 -> store.delete(topic, options);
        default ->
            store.commit(c ->
                c.update(topic, v -> values.mutated(now))
                    .put(TOPICS[0], values.value())
                    .put(topic, now));
      }
    } catch (PatchException | StateException | LogException.TopicEnded refused) {
      // What was refused must not show in the replica.
    }
  }
}

package dev.freshet.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.event.Event;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.Batch;
import dev.freshet.log.Entry;
import dev.freshet.log.EventLog;
import dev.freshet.log.KeyWindow;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.log.Retention;
import dev.freshet.log.Revision;
import dev.freshet.log.TopicState;
import dev.freshet.view.Views;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random publishing, random disconnects and resumes, random slow readers, retention running, pages
 * far too small: what each subscriber saw is exactly what the model says (U1–U5).
 */
class SubscriptionPropertyTest {
  private static final int BATCHES = 1500;
  private static final List<Filter> FILTERS =
      List.of(
          Filter.of("**"),
          Filter.of("a/*"),
          Filter.of("a/1"),
          Filter.of("b/**", "a/2"),
          Filter.of("rare/topic"));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomReaders_randomPublishing_seeExactlyTheLog_U1_U2_U3_U4_U5(long seed) throws Exception {
    Random random = new Random(seed);
    long kept = 200L + random.nextInt(400);
    Retention retention =
        new Retention(
            List.of(new Retention.Rule(TopicPattern.ALL, Duration.ofDays(1), kept, 1L << 40)));
    History history = new History();
    ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    List<ScheduledExecutorService> loops =
        List.of(
            Executors.newSingleThreadScheduledExecutor(),
            Executors.newSingleThreadScheduledExecutor());
    List<ModelClient> clients = new ArrayList<>();
    try (MemoryLogStore store =
        new MemoryLogStore(retention, KeyWindow.DEFAULT, InstantSource.system())) {
      EventLog log = store.log("t");
      log.follow(0, history::record);
      try (Views views = new Views(log, ModelClient.small(), blocking)) {
        for (int i = 0; i < 20; i++) {
          ModelClient client =
              new ModelClient(
                  views,
                  history,
                  FILTERS.get(i % FILTERS.size()),
                  loops.get(i % 2),
                  blocking,
                  seed * 100 + i);
          clients.add(client);
          client.connect();
        }
        publish(log, views, random, clients);
        clients.forEach(ModelClient::settle);
        await().atMost(20, TimeUnit.SECONDS).until(() -> settled(clients, history));
        check(clients, log);
        for (ModelClient client : clients)
          loops.get(clients.indexOf(client) % 2).submit(client::stop).get();
      }
    } finally {
      // Not at once: what was dropped is given back by tasks of the loops.
      loops.forEach(ExecutorService::close);
      blocking.shutdownNow();
    }
    assertThat(clients.stream().mapToInt(c -> c.resumes).sum()).isPositive();
    assertThat(clients.stream().mapToInt(c -> c.lags).sum()).isPositive();
  }

  private static void publish(EventLog log, Views views, Random random, List<ModelClient> clients)
      throws Exception {
    Map<Topic, Long> versions = new HashMap<>();
    for (int i = 0; i < BATCHES; i++) {
      List<Entry> entries = new ArrayList<>();
      for (int n = 1 + random.nextInt(5); n > 0; n--) entries.add(entry(random, versions));
      log.append(new Batch(entries, Optional.empty()));
      if (random.nextInt(20) == 0) log.retain();
      if (random.nextInt(10) == 0) views.sweep();
      if (random.nextInt(20) == 0) clients.forEach(ModelClient::heartbeat);
      if (random.nextInt(10) == 0) Thread.sleep(random.nextInt(4));
      for (ModelClient client : clients) {
        if (client.failure != null) throw new AssertionError("client failed", client.failure);
      }
    }
  }

  private static Entry entry(Random random, Map<Topic, Long> versions) {
    String[] areas = {"a", "b", "b/c"};
    Topic topic =
        Topic.of(
            random.nextInt(300) == 0
                ? "rare/topic"
                : areas[random.nextInt(3)] + "/" + random.nextInt(4));
    Json data = Json.from(Map.of("n", random.nextInt(), "pad", "x".repeat(random.nextInt(200))));
    if (random.nextBoolean()) return Entry.of(Event.of(topic, "ping", Instant.EPOCH, data));
    long base = versions.getOrDefault(topic, 0L);
    versions.put(topic, base + 1);
    return new Entry(
        Event.of(topic, "state.update", Instant.EPOCH, data),
        new Revision(base + 1, base, Revision.Form.VALUE, null),
        data);
  }

  private static boolean settled(List<ModelClient> clients, History history) {
    clients.forEach(ModelClient::heartbeat);
    for (ModelClient client : clients) {
      if (client.failure != null) throw new AssertionError("client failed", client.failure);
    }
    return clients.stream().allMatch(client -> client.checkedThrough() == history.last());
  }

  private static void check(List<ModelClient> clients, EventLog log) {
    for (int i = 0; i < clients.size(); i++) {
      Map<String, Long> expected = new HashMap<>();
      Map<String, Object> values = new HashMap<>();
      try (var cut = log.states(FILTERS.get(i % FILTERS.size()).patterns())) {
        while (cut.hasNext()) {
          TopicState state = cut.next();
          expected.put(state.topic().path(), state.version());
          values.put(state.topic().path(), state.value().node());
        }
      }
      assertThat(clients.get(i).versions()).isEqualTo(expected);
      assertThat(clients.get(i).values()).isEqualTo(values);
    }
  }
}

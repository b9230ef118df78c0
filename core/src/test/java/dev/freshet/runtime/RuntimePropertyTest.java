package dev.freshet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.event.Json;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.KeyWindow;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.log.Recorded;
import dev.freshet.log.Retention;
import dev.freshet.log.TopicState;
import dev.freshet.state.StateException;
import dev.freshet.state.StateStore;
import dev.freshet.view.Frame;
import dev.freshet.view.PageSettings;
import dev.freshet.view.Representation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Random reducers and random slow viewers, two processes' stores, pages far too small, retention
 * running: every viewer ends with exactly the store's value.
 */
class RuntimePropertyTest {
  private static final int ACTIONS = 800;
  private static final List<String> NAMES = List.of("a", "b", "c", "d");
  private static final List<List<String>> VIEWS =
      List.of(NAMES, List.of("a"), List.of("b", "d"), List.of("c"));

  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();

  /** Counts how often something is encoded, whoever looks on. */
  private record Counting(Representation of, LongAdder encoded) implements Representation {
    @Override
    public @Nullable Frame event(Recorded recorded) {
      encoded.increment();
      return of.event(recorded);
    }

    @Override
    public @Nullable Frame state(TopicState state) {
      return of.state(state);
    }

    @Override
    public boolean joined() {
      return of.joined();
    }

    @Override
    public Frame states(List<TopicState> states, long offset) {
      return of.states(states, offset);
    }
  }

  private static Runtime runtime() {
    return Runtime.of(
        "random", NAMES.stream().map(RuntimePropertyTest::slice).toArray(Slice[]::new));
  }

  /** What a reducer does is drawn from the action's payload: the same at each run. */
  private static Slice<JsonNode> slice(String name) {
    Slice<JsonNode> slice =
        Slice.of(name, JsonNode.class, Json.parse("{}").node())
            .on("all", Long.class, (value, seed) -> changed(value, new Random(seed)))
            .on(name, Long.class, (value, seed) -> changed(value, new Random(seed)));
    return name.equals("a") ? slice.showPayload() : slice;
  }

  private static JsonNode changed(JsonNode value, Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> Json.NULL.node();
      case 1 -> Json.from(random.nextInt(5)).node();
      case 2 -> Json.from(List.of("x".repeat(random.nextInt(50)), random.nextInt())).node();
      case 3 -> value;
      default -> member(value, random);
    };
  }

  private static JsonNode member(JsonNode value, Random random) {
    ObjectNode object = value instanceof ObjectNode held ? held : Json.MAPPER.createObjectNode();
    String name = "m" + random.nextInt(12);
    if (random.nextInt(4) == 0) object.remove(name);
    else object.put(name, "y".repeat(random.nextInt(80)) + random.nextInt(1000));
    return object;
  }

  private static Freshet open(long events, PageSettings pages) {
    Retention retention =
        new Retention(
            List.of(new Retention.Rule(TopicPattern.ALL, Duration.ofDays(1), events, 1L << 40)));
    return Freshet.open(
        new MemoryLogStore(retention, KeyWindow.DEFAULT, InstantSource.system()),
        new Freshet.Settings(pages, StateStore.Limits.DEFAULT, InstantSource.system()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  @DisplayName("U1, U2, U3, U5, S3: viewers end with exactly the store's value")
  void randomReducers_slowViewers_endWithTheStoresValue(long seed) throws Exception {
    Random random = new Random(seed);
    Runtime runtime = runtime();
    ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    List<Viewer> viewers = new ArrayList<>();
    PageSettings small = new PageSettings(1024, 4096, Duration.ofMillis(20), 1 << 20, 64 << 20);
    try (Freshet freshet = open(150 + random.nextInt(300), small)) {
      Tenant tenant = freshet.tenant("acme");
      RuntimeStore store = tenant.runtime(runtime);
      Representation representation = new RuntimeRepresentation(runtime.root());
      for (int i = 0; i < 16; i++) {
        Viewer viewer =
            new Viewer(
                tenant,
                runtime.filter(VIEWS.get(i % VIEWS.size())),
                representation,
                loop,
                blocking,
                seed * 100 + i);
        viewers.add(viewer);
        viewer.connect();
      }
      Future<?> other = blocking.submit(() -> disturb(tenant, seed));
      for (int i = 0; i < ACTIONS; i++) {
        dispatch(store, random);
        if (random.nextInt(20) == 0) tenant.log().retain();
        if (random.nextInt(10) == 0) tenant.views().sweep();
        if (random.nextInt(10) == 0) Thread.sleep(random.nextInt(4));
      }
      other.get();
      settle(viewers, tenant);
      for (int i = 0; i < viewers.size(); i++)
        assertThat(viewers.get(i).stop()).isEqualTo(values(tenant, VIEWS.get(i % VIEWS.size())));
    } finally {
      loop.close();
      blocking.shutdownNow();
    }
    assertThat(viewers.stream().mapToInt(v -> v.resumes).sum()).isPositive();
    assertThat(viewers.stream().mapToInt(v -> v.lags).sum()).isPositive();
    assertThat(viewers.stream().mapToInt(v -> v.patches).sum()).isPositive();
  }

  /** Dispatches as another process would: by a store of its own on the same log. */
  private static void disturb(Tenant tenant, long seed) {
    StateStore states = new StateStore(tenant.log(), tenant.clock(), StateStore.Limits.DEFAULT);
    RuntimeStore own = RuntimeStore.open(runtime(), tenant.log(), states, tenant.clock());
    Random random = new Random(-seed);
    for (int i = 0; i < ACTIONS / 4; i++) dispatch(own, random);
  }

  private static void dispatch(RuntimeStore store, Random random) {
    String type = random.nextInt(3) == 0 ? "all" : NAMES.get(random.nextInt(4));
    Action action = Action.of(type, random.nextLong());
    while (true) {
      try {
        store.dispatch(action);
        return;
      } catch (StateException.Contended again) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  @DisplayName("S3: many viewers cost one diff and one encoding for each change")
  void manyViewers_costOneDiff() throws Exception {
    Runtime runtime = runtime();
    ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    LongAdder encoded = new LongAdder();
    List<Viewer> viewers = new ArrayList<>();
    try (Freshet freshet = open(1_000_000, PageSettings.DEFAULT)) {
      Tenant tenant = freshet.tenant("acme");
      RuntimeStore store = tenant.runtime(runtime);
      Representation shared = new Counting(new RuntimeRepresentation(runtime.root()), encoded);
      for (int i = 0; i < 30; i++) {
        Viewer viewer = new Viewer(tenant, runtime.filter(NAMES), shared, loop, blocking, i);
        viewer.settle();
        viewer.connect();
        viewers.add(viewer);
      }
      await().until(() -> viewers.stream().allMatch(viewer -> viewer.through() >= 0));
      long before = tenant.log().head().offset();
      for (int i = 0; i < 100; i++) store.dispatch(Action.of("all", (long) i));
      settle(viewers, tenant);
      assertThat(encoded.sum()).isEqualTo(tenant.log().head().offset() - before);
      for (Viewer viewer : viewers) assertThat(viewer.stop()).isEqualTo(values(tenant, NAMES));
    } finally {
      loop.close();
      blocking.shutdownNow();
    }
  }

  private static void settle(List<Viewer> viewers, Tenant tenant) {
    viewers.forEach(Viewer::settle);
    long head = tenant.log().head().offset();
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> {
          for (Viewer viewer : viewers) {
            if (viewer.failure != null) throw new AssertionError("a viewer failed", viewer.failure);
          }
          return viewers.stream().allMatch(viewer -> viewer.through() == head);
        });
  }

  private static Map<String, JsonNode> values(Tenant tenant, List<String> slices) {
    Map<String, JsonNode> values = new HashMap<>();
    for (String slice : slices) {
      Json value = tenant.log().state(runtime().topic(slice)).orElseThrow().value();
      values.put(slice, java.util.Objects.requireNonNull(value).node());
    }
    return values;
  }
}

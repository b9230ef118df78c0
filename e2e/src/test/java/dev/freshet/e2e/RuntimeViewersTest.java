package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Json;
import dev.freshet.log.TopicState;
import dev.freshet.runtime.Action;
import dev.freshet.runtime.Runtime;
import dev.freshet.runtime.RuntimeStore;
import dev.freshet.runtime.Slice;
import dev.freshet.runtimes.Runtimes;
import dev.freshet.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Random reducers, and viewers over HTTP that are slow, cut off, and come back. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RuntimeViewersTest {
  private static final int ACTIONS = 1500;
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final List<String> VIEWS = List.of("a,b,c", "a", "b,c");
  private static final Runtime RANDOM =
      Runtime.of("random", NAMES.stream().map(RuntimeViewersTest::slice).toArray(Slice[]::new));

  /** What a reducer does is drawn from the action's payload: the same at each run. */
  private static Slice<JsonNode> slice(String name) {
    return Slice.of(name, JsonNode.class, Json.parse("{}").node())
        .on("all", Long.class, (value, seed) -> changed(value, new Random(seed)))
        .on(name, Long.class, (value, seed) -> changed(value, new Random(seed)));
  }

  private static JsonNode changed(JsonNode value, Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> Json.NULL.node();
      case 1 -> Json.from(random.nextInt(5)).node();
      case 2 -> Json.from("x".repeat(random.nextInt(40_000))).node();
      case 3 -> value;
      default -> member(value, random);
    };
  }

  private static JsonNode member(JsonNode value, Random random) {
    ObjectNode object = value instanceof ObjectNode held ? held : Json.MAPPER.createObjectNode();
    String name = "m" + random.nextInt(12);
    if (random.nextInt(4) == 0) object.remove(name);
    else object.put(name, "y".repeat(random.nextInt(4000)) + random.nextInt(1000));
    return object;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  @DisplayName("U1, U2, U3, U5: every viewer ends with exactly the store's value")
  void viewers_slowAndCutOff_endWithTheStoresValue(long seed) throws Exception {
    Map<String, String> small =
        Map.of("stream.page", "4KiB", "stream.window", "64KiB", "stream.heartbeat", "1s");
    List<RuntimeViewer> viewers = new ArrayList<>();
    List<CompletableFuture<Void>> watching = new ArrayList<>();
    try (TestServer server = TestServer.start(small, new Runtimes().register(RANDOM));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RuntimeStore store = server.freshet().tenant("acme").runtime(RANDOM);
      String token = server.token("acme", "me", List.of("runtime/**"), List.of());
      for (int i = 0; i < 12; i++) {
        String path = "/events?slices=" + VIEWS.get(i % VIEWS.size());
        viewers.add(new RuntimeViewer(server.port(), path, token, seed * 100 + i));
        watching.add(CompletableFuture.runAsync(viewers.getLast(), threads));
      }
      Random random = new Random(seed);
      for (int i = 0; i < ACTIONS; i++) {
        String type = random.nextInt(3) == 0 ? "all" : NAMES.get(random.nextInt(NAMES.size()));
        store.dispatch(Action.of(type, random.nextLong()));
        if (i % 5 == 0) Thread.sleep(random.nextInt(8));
      }
      Map<String, TopicState> states = states(server);
      for (int i = 0; i < viewers.size(); i++) viewers.get(i).settle(versions(states, view(i)));
      for (CompletableFuture<Void> viewer : watching) viewer.get(60, TimeUnit.SECONDS);
      for (int i = 0; i < viewers.size(); i++)
        assertThat(viewers.get(i).values()).isEqualTo(values(states, view(i)));
    }
    assertThat(viewers.stream().mapToInt(RuntimeViewer::resumes).sum()).isPositive();
    assertThat(viewers.stream().mapToInt(RuntimeViewer::skipped).sum()).isPositive();
    assertThat(viewers.stream().mapToInt(RuntimeViewer::patches).sum()).isPositive();
  }

  private static List<String> view(int viewer) {
    return List.of(VIEWS.get(viewer % VIEWS.size()).split(",", -1));
  }

  private static Map<String, TopicState> states(TestServer server) {
    Map<String, TopicState> states = new TreeMap<>();
    for (String name : NAMES)
      states.put(
          name, server.freshet().tenant("acme").log().state(RANDOM.topic(name)).orElseThrow());
    return states;
  }

  private static Map<String, Long> versions(Map<String, TopicState> states, List<String> slices) {
    Map<String, Long> versions = new TreeMap<>();
    for (String slice : slices) versions.put(slice, states.get(slice).version());
    return versions;
  }

  private static Map<String, JsonNode> values(Map<String, TopicState> states, List<String> slices) {
    Map<String, JsonNode> values = new TreeMap<>();
    for (String slice : slices)
      values.put(slice, Objects.requireNonNull(states.get(slice).value()).node());
    return values;
  }
}

package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Runs {@code conformance/streams} against a scripted server on a real socket. */
class StreamsConformanceTest {
  private static final Set<String> FEATURES = Set.of("states", "tokens");

  @TestFactory
  Stream<DynamicTest> streams_asScripted_areObserved() {
    return Cases.of("streams")
        .flatMap(c -> {
          Cases.known(
              c,
              "id",
              "clause",
              "about",
              "requires",
              "chunks",
              "client",
              "exchanges",
              "observe",
              "finally",
              "settleMs",
              "timeoutMs");
          return chunks(c).map(n -> test(c, n));
        });
  }

  private static Stream<Integer> chunks(JsonNode c) {
    return c.has("chunks")
        ? c.path("chunks").valueStream().map(JsonNode::intValue)
        : Stream.of(Integer.MAX_VALUE);
  }

  private static DynamicTest test(JsonNode c, int chunk) {
    String name = c.path("id").asString() + (c.has("chunks") ? " by " + chunk : "");
    return DynamicTest.dynamicTest(name, () -> run(c, chunk));
  }

  private static void run(JsonNode c, int chunk) throws Exception {
    for (String feature : Cases.texts(c.path("requires"))) {
      if (!FEATURES.contains(feature)) abort("no " + feature);
    }
    Progress progress = new Progress();
    Exchanges exchanges = new Exchanges(c.path("exchanges"), chunk, progress);
    try (ScriptedServer server = new ScriptedServer(progress, exchanges)) {
      Observer observer = new Observer(progress, server.uri(), c.path("client"));
      try {
        exchanges.connect(server, observer);
        settle(c, progress, server, observer);
      } finally {
        observer.stop();
      }
      compare(c, server, observer);
    }
  }

  private static void settle(JsonNode c, Progress progress, ScriptedServer server, Observer o)
      throws InterruptedException {
    int entries = c.path("observe").size();
    int requests = c.path("exchanges").size();
    progress.await(
        c.path("timeoutMs").asInt(5000),
        () ->
            (o.seen().size() >= entries && server.requests() >= requests)
                || !server.findings().isEmpty());
    progress.await(
        c.path("settleMs").asInt(30),
        () -> o.seen().size() > entries || server.requests() > requests);
  }

  private static void compare(JsonNode c, ScriptedServer server, Observer observer) {
    assertThat(server.findings()).isEmpty();
    List<JsonNode> expected = c.path("observe").valueStream().toList();
    List<JsonNode> seen = observer.seen();
    assertThat(seen).as("observed").hasSize(expected.size());
    for (int i = 0; i < seen.size(); i++) {
      assertThat(listed(expected.get(i), seen.get(i)))
          .as("observed " + i)
          .isEqualTo(expected.get(i));
    }
    assertThat(server.requests()).as("requests").isEqualTo(c.path("exchanges").size());
    end(c.path("finally"), observer.subscription());
  }

  /** Of what was seen, the members that the case lists. */
  private static JsonNode listed(JsonNode expected, JsonNode seen) {
    if (!expected.isObject() || !seen.isObject()) return seen;
    var result = Json.MAPPER.createObjectNode();
    for (String name : expected.propertyNames()) {
      boolean nested = name.equals("event") || name.equals("state");
      if (!seen.has(name)) continue;
      result.set(name, nested ? members(expected.get(name), seen.get(name)) : seen.get(name));
    }
    return result;
  }

  private static JsonNode members(JsonNode expected, JsonNode seen) {
    var result = Json.MAPPER.createObjectNode();
    for (String name : expected.propertyNames()) {
      if (seen.has(name)) result.set(name, seen.get(name));
    }
    return result;
  }

  private static void end(JsonNode end, Subscription subscription) {
    if (end.isMissingNode()) return;
    Cases.known(end, "position", "states");
    if (end.has("position")) {
      assertThat(subscription.position().orElse(null))
          .isEqualTo(end.path("position").stringValue(null));
    }
    if (end.has("states")) {
      Map<String, JsonNode> states = new HashMap<>();
      subscription.states().forEach((topic, s) -> states.put(topic, Observer.json(s)));
      assertThat(Observer.json(states)).isEqualTo(end.path("states"));
    }
  }
}

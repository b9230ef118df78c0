package dev.freshet.client;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Pulls a subscription as a case configures it, and notes what it shows. */
final class Observer {
  private final List<JsonNode> seen = new ArrayList<>();
  private final Progress progress;
  private final FreshetClient client;
  private final Subscription subscription;
  private final Thread thread;

  Observer(Progress progress, URI server, JsonNode config) {
    Cases.known(
        config,
        "topics",
        "types",
        "after",
        "tokens",
        "retryMs",
        "retryCapMs",
        "heartbeatMs",
        "maxFrameBytes",
        "polling");
    this.progress = progress;
    ClientBuilder builder = FreshetClient.to(server);
    if (config.has("tokens")) builder.tokens(new Tokens(Cases.texts(config.path("tokens"))));
    this.client = builder.build();
    this.subscription = client.subscribe(options(config));
    this.thread = Thread.startVirtualThread(this::pull);
  }

  private static SubscribeOptions options(JsonNode config) {
    String[] topics = Cases.texts(config.path("topics")).toArray(String[]::new);
    return SubscribeOptions.topics(topics.length == 0 ? new String[] {"a/b"} : topics)
        .types(Cases.texts(config.path("types")).toArray(String[]::new))
        .after(config.path("after").stringValue(null))
        .heartbeat(Duration.ofMillis(config.path("heartbeatMs").asInt(1000)))
        .maxFrameBytes(config.path("maxFrameBytes").asInt(65536))
        .backoff(
            Backoff.of(
                Duration.ofMillis(config.path("retryMs").asInt(5)),
                Duration.ofMillis(config.path("retryCapMs").asInt(20))));
  }

  private void pull() {
    try {
      for (Delivery delivery : subscription) note(delivery);
    } catch (ProblemException e) {
      note(Map.of("status", "failed", "code", e.code()));
    }
  }

  private void note(Delivery delivery) {
    switch (delivery) {
      case Delivery.Opened opened -> note(Map.of("status", "open"));
      case Delivery.EventReceived e -> note(Map.of("event", event(e)));
      case Delivery.PayloadReceived p -> throw new AssertionError(p);
      case Delivery.StateChanged s ->
          note(
              Map.of(
                  "state", Map.of("topic", s.topic(), "version", s.version(), "value", s.value())));
      case Delivery.StateRemoved s ->
          note(Map.of("state", Map.of("topic", s.topic(), "deleted", true)));
      case Delivery.Reset reset -> note(Map.of("reset", reset.reason()));
      case Delivery.Live live -> {}
      case Delivery.Retrying retrying -> note(Map.of("status", "retrying"));
      case Delivery.Ended ended -> note(Map.of("status", "ended", "reason", ended.reason()));
    }
  }

  private static Map<String, Object> event(Delivery.EventReceived e) {
    Map<String, Object> event = new HashMap<>();
    event.put("id", e.position());
    event.put("type", e.event().type());
    event.put("topic", e.event().topic());
    event.put("data", e.event().data());
    event.put("end", e.event().end());
    return event;
  }

  private void note(Map<String, ?> entry) {
    progress.change(() -> seen.add(json(entry)));
  }

  /** A tree whose numbers have the types that a parser would give them. */
  static JsonNode json(Object value) {
    return Json.MAPPER.readTree(Json.MAPPER.writeValueAsBytes(value));
  }

  List<JsonNode> seen() {
    return seen;
  }

  Subscription subscription() {
    return subscription;
  }

  /** Returns when nothing more can be seen. */
  void stop() throws InterruptedException {
    subscription.close();
    client.close();
    thread.join();
  }

  /** Gives the next token whenever a fresh one is asked for, and at last the last again. */
  private static final class Tokens implements TokenSource {
    private final List<String> tokens;
    private int current;

    private Tokens(List<String> tokens) {
      this.tokens = tokens;
    }

    @Override
    public String token() {
      return tokens.get(current);
    }

    @Override
    public String refreshed(String refused) {
      current = Math.min(current + 1, tokens.size() - 1);
      return token();
    }
  }
}

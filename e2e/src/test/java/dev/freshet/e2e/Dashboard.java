package dev.freshet.e2e;

import dev.freshet.client.Delivery;
import dev.freshet.client.FollowOptions;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import tools.jackson.databind.JsonNode;

/** Which values an operator has seen, by event and member: {@code agent.status status}. */
final class Dashboard implements AutoCloseable {
  private final Map<String, Set<String>> seen = new ConcurrentHashMap<>();
  private final Subscription stream;

  Dashboard(FreshetClient operator) {
    stream = operator.follow(FollowOptions.of("/frontend/events/stream"));
    Thread.startVirtualThread(() -> stream.forEach(this::note));
  }

  private void note(Delivery delivery) {
    if (delivery instanceof Delivery.PayloadReceived(var position, var type, var payload)) {
      for (String member : List.of("status", "ack_status", "level")) {
        String value = payload.path(member).asString("");
        if (!value.isEmpty()) {
          seen.computeIfAbsent(type + " " + member, k -> new ConcurrentSkipListSet<>()).add(value);
        }
      }
    }
  }

  Set<String> seen(String eventAndMember) {
    return seen.getOrDefault(eventAndMember, Set.of());
  }

  /** The newest lines of all agents' logs, oldest first. */
  static List<JsonNode> log(FreshetClient operator, int lines) throws InterruptedException {
    String target = "/frontend/events/stream?event_types=agent.log&log_backlog=" + lines;
    List<JsonNode> log = new ArrayList<>();
    try (Subscription stream = operator.follow(FollowOptions.of(target))) {
      while (true) {
        Delivery delivery = stream.next().orElseThrow();
        if (delivery instanceof Delivery.Live) return log;
        if (delivery instanceof Delivery.PayloadReceived received) log.add(received.payload());
      }
    }
  }

  @Override
  public void close() {
    stream.close();
  }
}

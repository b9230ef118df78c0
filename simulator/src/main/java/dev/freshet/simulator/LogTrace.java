package dev.freshet.simulator;

import dev.freshet.client.Delivery;
import dev.freshet.client.FollowOptions;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.Subscription;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Looks at the end of an agent's log, as operators see it. */
record LogTrace(FreshetClient client, String agent) {
  private static final int BACKLOG = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Whether a line is there, or was a little while ago. */
  boolean stored(String message, String timestamp) throws InterruptedException {
    Instant time = time(timestamp);
    String target =
        "/frontend/events/stream?event_types=agent.log&agent_id=%s&log_backlog=%d"
            .formatted(agent, BACKLOG);
    try (Subscription log = client.follow(FollowOptions.of(target))) {
      while (true) {
        Optional<Delivery> delivery = log.next(PATIENCE);
        if (delivery.isEmpty() || delivery.get() instanceof Delivery.Live) return false;
        if (delivery.get() instanceof Delivery.PayloadReceived received
            && isThat(received.payload(), message, time)) {
          return true;
        }
      }
    }
  }

  private static boolean isThat(JsonNode line, String message, Instant time) {
    return line.path("message").asString("").equals(message)
        && time(line.path("timestamp").asString("")).equals(time);
  }

  /** A time without zone is in UTC, as the server has it. */
  private static Instant time(String text) {
    try {
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text, OffsetDateTime::from, LocalDateTime::from);
      return time instanceof OffsetDateTime zoned
          ? zoned.toInstant()
          : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException notATime) {
      return Instant.EPOCH;
    }
  }
}

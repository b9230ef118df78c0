package dev.freshet.simulator;

import dev.freshet.client.Delivery;
import dev.freshet.client.FollowOptions;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.ProblemException;
import dev.freshet.client.Subscription;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Log lines that wait to be sent, in batches, each stored once: where an answer is lost, the log is
 * looked at before the batch is sent again. The oldest routine lines give way when too many wait.
 */
final class LogOutbox {
  private static final Logger LOG = LoggerFactory.getLogger(LogOutbox.class);
  private static final int BATCH = 200;
  private static final int BOUND = 5_000;
  private static final Duration LOOKING = Duration.ofSeconds(10);

  private final String agent;
  private final FreshetClient client;
  private final PatientSender sender;
  private final Deque<LogLine> waiting = new ArrayDeque<>();

  LogOutbox(String agent, FreshetClient client, PatientSender sender) {
    this.agent = agent;
    this.client = client;
    this.sender = sender;
  }

  void add(LogLine line) {
    if (waiting.size() == BOUND) waiting.removeFirst();
    waiting.add(line);
  }

  int size() {
    return waiting.size();
  }

  /** Sends what waits. A batch that is refused is told and left. */
  void flush(String session) throws InterruptedException {
    while (!waiting.isEmpty()) {
      List<LogLine> batch = waiting.stream().limit(BATCH).toList();
      if (!send(session, batch)) return;
      for (int i = 0; i < batch.size(); i++) waiting.remove();
    }
  }

  /** Whether the time was not up. */
  private boolean send(String session, List<LogLine> batch) throws InterruptedException {
    ArrayNode lines = Script.array();
    batch.forEach(line -> lines.add(line.body()));
    ObjectNode body = Script.object();
    body.set("logs", lines);
    LogLine last = batch.getLast();
    try {
      return sender
          .sendOnce(
              "POST",
              "/agent/" + agent + "/session/" + session + "/logs",
              body,
              answer -> last,
              () -> stored(last))
          .isPresent();
    } catch (ProblemException refused) {
      if (refused.status() == 401 || refused.status() == 403) throw refused;
      LOG.warn("{}: {} log lines are lost: {}", agent, batch.size(), refused.getMessage());
      return true;
    }
  }

  /** Whether the server's log ends with this line, or did a little while ago. */
  private Optional<LogLine> stored(LogLine line) throws InterruptedException {
    String target =
        "/frontend/events/stream?event_types=agent.log&agent_id=" + agent + "&log_backlog=" + BATCH;
    try (Subscription log = client.follow(FollowOptions.of(target))) {
      while (true) {
        Optional<Delivery> delivery = log.next(LOOKING);
        if (delivery.isEmpty() || delivery.get() instanceof Delivery.Live) return Optional.empty();
        if (delivery.get() instanceof Delivery.PayloadReceived received
            && isThat(line, received.payload())) {
          return Optional.of(line);
        }
      }
    }
  }

  private static boolean isThat(LogLine line, JsonNode stored) {
    return line.message().equals(stored.path("message").asString(""))
        && line.time().equals(time(stored.path("timestamp").asString("")));
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException notATime) {
      return Instant.EPOCH;
    }
  }
}

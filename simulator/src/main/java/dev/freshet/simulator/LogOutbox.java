package dev.freshet.simulator;

import dev.freshet.client.FreshetClient;
import dev.freshet.client.ProblemException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Log lines that wait to be sent, in batches, each stored once: where an answer is lost, the log is
 * looked at before the batch is sent again. The oldest give way when too many wait.
 */
final class LogOutbox {
  private static final Logger LOG = LoggerFactory.getLogger(LogOutbox.class);
  private static final int BATCH = 200;
  private static final int BOUND = 5_000;

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

  private Optional<LogLine> stored(LogLine line) throws InterruptedException {
    boolean found = new LogTrace(client, agent).stored(line.message(), line.time().toString());
    return found ? Optional.of(line) : Optional.empty();
  }
}

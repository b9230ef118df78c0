package dev.freshet.simulator;

import dev.freshet.client.Delivery;
import dev.freshet.client.FollowOptions;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.ProblemException;
import dev.freshet.client.Subscription;
import dev.freshet.simulator.Instructions.Outcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Follows the instructions of one session on a thread of its own, one after the other: says that
 * one was received, carries it out, and says how it ended. One that comes again is answered as
 * before, and not carried out twice.
 */
final class Follower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final int REMEMBERED = 500;
  private static final Duration SHORTEST = Duration.ofMillis(300);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final String path;
  private final FreshetClient client;
  private final PatientSender sender;
  private final Work work;
  private final Thread thread;
  private final Map<String, ObjectNode> finished =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ObjectNode> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * How instructions are carried out.
   *
   * @param paused whether the acquisition is
   */
  record Work(Pace pace, double speed, BooleanSupplier paused) {
    /** By the clock on the wall; long enough to be seen, short enough to be waited for. */
    Duration takes(Outcome outcome) {
      Duration scaled = Duration.ofMillis(Math.round(outcome.seconds() * 1000 / speed));
      if (scaled.compareTo(LONGEST) > 0) return LONGEST;
      return scaled.compareTo(SHORTEST) < 0 ? SHORTEST : scaled;
    }
  }

  Follower(String agent, String session, FreshetClient client, PatientSender sender, Work work) {
    this.path = "/agent/" + agent + "/session/" + session + "/instructions/";
    this.client = client;
    this.sender = sender;
    this.work = work;
    this.thread = Thread.ofVirtual().name("follow " + agent).start(this::run);
  }

  private void run() {
    try (Subscription instructions = client.follow(FollowOptions.of(path + "stream"))) {
      for (Delivery delivery : instructions) {
        if (delivery instanceof Delivery.PayloadReceived(var position, var type, var payload)
            && type.equals("instruction")) {
          handle(payload);
        }
      }
    } catch (InterruptedException | CancellationException stopped) {
      LOG.debug("no longer at {}", path);
    } catch (ProblemException refused) {
      LOG.warn("{}: {}", path, refused.getMessage());
    }
  }

  private void handle(JsonNode instruction) throws InterruptedException {
    String id = instruction.path("instruction_id").asString("");
    ObjectNode known = finished.get(id);
    if (known != null) {
      acknowledge(id, known);
      return;
    }
    Outcome outcome = Instructions.of(instruction, work.paused().getAsBoolean());
    if (!outcome.status().equals("declined")) {
      if (!acknowledge(id, Script.object().put("status", "received"))) return;
      work.pace().sleep(work.takes(outcome));
    }
    ObjectNode end = end(outcome);
    finished.put(id, end);
    acknowledge(id, end);
  }

  private ObjectNode end(Outcome outcome) {
    boolean processed = outcome.status().equals("processed");
    return Script.object()
        .put("status", outcome.status())
        .put(processed ? "result" : "error_message", outcome.text())
        .put("processed_at", work.pace().now().toString())
        .put("processing_time_ms", work.takes(outcome).toMillis());
  }

  /** Whether the server took it: an instruction may have expired, or been cancelled. */
  private boolean acknowledge(String id, ObjectNode body) throws InterruptedException {
    try {
      return sender.send("POST", path + id + "/ack", body).isPresent();
    } catch (ProblemException refused) {
      if (refused.status() == 401 || refused.status() == 403) throw refused;
      LOG.debug("{}{}: {}", path, id, refused.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

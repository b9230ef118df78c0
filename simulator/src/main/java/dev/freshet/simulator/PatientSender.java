package dev.freshet.simulator;

import dev.freshet.client.Answer;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.ProblemException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Sends until the server answers, however long it is away; says so each time patience ends. */
final class PatientSender {
  private static final Logger LOG = LoggerFactory.getLogger(PatientSender.class);
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

  private final String instrument;
  private final FreshetClient client;
  private final Pace pace;

  PatientSender(String instrument, FreshetClient client, Pace pace) {
    this.instrument = instrument;
    this.client = client;
    this.pace = pace;
  }

  /**
   * Sends a request that may be carried out more than once.
   *
   * @throws ProblemException if the server refuses it for good
   */
  Answer send(String method, String path, @Nullable JsonNode body) throws InterruptedException {
    while (true) {
      Duration wait;
      String why;
      try {
        return client.send(method, path, body);
      } catch (UncheckedIOException away) {
        wait = SHORTEST_WAIT;
        why = away.getMessage();
      } catch (ProblemException problem) {
        if (!problem.retryable()) throw problem;
        wait = problem.retryAfter().orElse(SHORTEST_WAIT);
        why = problem.getMessage();
      }
      LOG.warn("{}: {}; trying again", instrument, why);
      pace.sleep(wait.compareTo(SHORTEST_WAIT) > 0 ? wait : SHORTEST_WAIT);
    }
  }
}

package dev.freshet.simulator;

import dev.freshet.client.Answer;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.ProblemException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Sends until the server answers, while there is time; says so each time that it did not. */
final class PatientSender {
  private static final Logger LOG = LoggerFactory.getLogger(PatientSender.class);
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

  private final String instrument;
  private final FreshetClient client;
  private final Pace pace;
  private final Instant until;

  /**
   * A sender for one instrument.
   *
   * @param until when it gives up
   */
  PatientSender(String instrument, FreshetClient client, Pace pace, Instant until) {
    this.instrument = instrument;
    this.client = client;
    this.pace = pace;
    this.until = until;
  }

  Instant until() {
    return until;
  }

  /**
   * Sends a request that may be carried out more than once.
   *
   * @return empty when the time was up before an answer
   * @throws ProblemException if the server refuses it for good
   */
  Optional<Answer> send(String method, String path, @Nullable JsonNode body)
      throws InterruptedException {
    while (pace.now().isBefore(until)) {
      Duration wait;
      String why;
      try {
        return Optional.of(client.send(method, path, body));
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
    return Optional.empty();
  }
}

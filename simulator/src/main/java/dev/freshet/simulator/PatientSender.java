package dev.freshet.simulator;

import dev.freshet.client.Answer;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.ProblemException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
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
    return sendOnce(method, path, body, answer -> answer, Optional::empty);
  }

  /**
   * Sends a request that is not to be carried out again where an answer was lost.
   *
   * @param read what the answer says
   * @param found looks whether a request without an answer was carried out
   * @return empty when the time was up before an answer
   * @throws ProblemException if the server refuses it for good
   */
  <T> Optional<T> sendOnce(
      String method, String path, @Nullable JsonNode body, Function<Answer, T> read, Trace<T> found)
      throws InterruptedException {
    boolean doubtful = false;
    while (pace.now().isBefore(until)) {
      Duration wait;
      String why;
      try {
        Optional<T> before = doubtful ? found.look() : Optional.empty();
        if (before.isPresent()) return before;
        doubtful = false;
        return Optional.of(read.apply(client.send(method, path, body)));
      } catch (UncheckedIOException away) {
        doubtful |= !(away.getCause() instanceof ConnectException);
        wait = SHORTEST_WAIT;
        why = away.getMessage();
      } catch (ProblemException problem) {
        if (!problem.retryable()) throw problem;
        doubtful |= problem.status() >= 500 && problem.status() != 503;
        wait = problem.retryAfter().orElse(SHORTEST_WAIT);
        why = problem.getMessage();
      }
      LOG.warn("{}: {}; trying again", instrument, why);
      pace.sleep(wait.compareTo(SHORTEST_WAIT) > 0 ? wait : SHORTEST_WAIT);
    }
    return Optional.empty();
  }

  /** What a request that was carried out leaves behind. */
  interface Trace<T> {
    Optional<T> look() throws InterruptedException;
  }
}

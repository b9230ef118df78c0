package dev.freshet.simulator;

import dev.freshet.client.FreshetClient;
import dev.freshet.client.ProblemException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the reports of one instrument, each when its time has come and one after the other. A
 * server that is away is waited for; every entity has its uuid from here, so that what is sent
 * again after a lost answer is refused as known (409) and never doubled. Owned by one thread.
 */
final class Reporter {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

  private final String instrument;
  private final FreshetClient client;
  private final Pace pace;

  Reporter(String instrument, FreshetClient client, Pace pace) {
    this.instrument = instrument;
    this.client = client;
    this.pace = pace;
  }

  /**
   * Reports a session until it is completed or the time is up.
   *
   * @return whether it was completed
   * @throws ProblemException if the server refuses the token or the instrument (401, 403)
   */
  boolean report(MicroscopySession session, Timeline timeline, Instant until)
      throws InterruptedException {
    Set<String> said = new HashSet<>();
    for (Report report : session.reports()) {
      Instant due = timeline.at(report.at());
      if (due.isAfter(until)) return false;
      wait(due);
      send(report, said);
    }
    return true;
  }

  private void wait(Instant due) throws InterruptedException {
    Duration left = Duration.between(pace.now(), due);
    if (left.isPositive()) pace.sleep(left);
  }

  private void send(Report report, Set<String> said) throws InterruptedException {
    while (true) {
      Duration wait;
      try {
        client.send(report.method(), report.path(), report.body());
        return;
      } catch (UncheckedIOException away) {
        wait = SHORTEST_WAIT;
        LOG.warn("{}: {}; trying again", instrument, away.getMessage());
      } catch (ProblemException problem) {
        if (!problem.retryable()) {
          refused(report, problem, said);
          return;
        }
        wait = problem.retryAfter().orElse(SHORTEST_WAIT);
        LOG.warn("{}: {}; trying again", instrument, problem.getMessage());
      }
      pace.sleep(wait.compareTo(SHORTEST_WAIT) > 0 ? wait : SHORTEST_WAIT);
    }
  }

  /** What is known already is fine; what the server has no route for, or no more, is said once. */
  private void refused(Report report, ProblemException problem, Set<String> said) {
    int status = problem.status();
    if (status == 401 || status == 403) throw problem;
    if (status == 409 || !said.add(report.subject() + " " + status)) return;
    LOG.warn(
        "{}: {} {}: {} {}; further ones like it are not told",
        instrument,
        report.method(),
        report.path(),
        status,
        problem.getMessage());
  }
}

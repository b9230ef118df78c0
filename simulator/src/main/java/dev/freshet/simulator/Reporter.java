package dev.freshet.simulator;

import dev.freshet.client.ProblemException;
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

  private final String instrument;
  private final PatientSender sender;
  private final Pace pace;

  Reporter(String instrument, PatientSender sender, Pace pace) {
    this.instrument = instrument;
    this.sender = sender;
    this.pace = pace;
  }

  /**
   * Reports a session until it is completed or the time is up.
   *
   * @return whether it was completed
   * @throws ProblemException if the server refuses the token or the instrument (401, 403)
   */
  boolean report(MicroscopySession session) throws InterruptedException {
    Set<String> said = new HashSet<>();
    for (Report report : session.reports()) {
      Instant due = session.timeline().at(report.at());
      if (due.isAfter(sender.until())) return false;
      wait(due);
      if (!send(report, said)) return false;
    }
    return true;
  }

  private void wait(Instant due) throws InterruptedException {
    Duration left = Duration.between(pace.now(), due);
    if (left.isPositive()) pace.sleep(left);
  }

  private boolean send(Report report, Set<String> said) throws InterruptedException {
    try {
      return sender.send(report.method(), report.path(), report.body()).isPresent();
    } catch (ProblemException problem) {
      refused(report, problem, said);
      return true;
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

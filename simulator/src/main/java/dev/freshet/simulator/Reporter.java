package dev.freshet.simulator;

import dev.freshet.client.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the steps of one instrument's sessions, each when its time has come and one after the
 * other. A server that is away is waited for; every entity has its uuid from here, so that what is
 * sent again after a lost answer is refused as known (409) and never doubled. Owned by one thread.
 */
final class Reporter {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

  private final String instrument;
  private final PatientSender sender;
  private final Agent agent;
  private final Duration away;
  private final Set<String> said = new HashSet<>();

  /**
   * A reporter.
   *
   * @param away how long the agent is silent where the session has that
   */
  Reporter(String instrument, PatientSender sender, Agent agent, Duration away) {
    this.instrument = instrument;
    this.sender = sender;
    this.agent = agent;
    this.away = away;
  }

  /**
   * Reports a session until its last step or the time is up.
   *
   * @return whether it was the last step
   * @throws ProblemException if the server refuses the token or the instrument (401, 403)
   */
  boolean report(MicroscopySession session) throws InterruptedException {
    boolean begun = false;
    for (Step step : session.steps()) {
      Instant due = session.timeline().at(step.at());
      if (due.isAfter(sender.until())) return false;
      agent.waitUntil(due);
      if (!take(step)) return false;
      // The agent's session names the acquisition, which the first report makes.
      if (!begun) agent.begin(session);
      begun = true;
    }
    agent.awaitPresence();
    agent.flush();
    return true;
  }

  /** Whether the time was not up. */
  private boolean take(Step step) throws InterruptedException {
    switch (step) {
      case Report report -> {
        return send(report);
      }
      case LogLine line -> agent.log(line);
      case Order order -> agent.order(order);
      case Step.Absence absence -> agent.vanish(away);
      case Step.Leave leave -> agent.leave();
    }
    return true;
  }

  private boolean send(Report report) throws InterruptedException {
    agent.awaitPresence();
    tell(report);
    try {
      return sender.send(report.method(), report.path(), report.body()).isPresent();
    } catch (ProblemException problem) {
      refused(report, problem);
      return true;
    }
  }

  private void tell(Report report) {
    if (report.subject() == Subject.ACQUISITION && report.body() != null) {
      agent.acquisition(report.body().path("status").asString(""));
    }
  }

  /** What is known already is fine; what the server has no route for, or no more, is said once. */
  private void refused(Report report, ProblemException problem) {
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

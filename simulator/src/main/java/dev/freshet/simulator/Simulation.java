package dev.freshet.simulator;

import dev.freshet.client.Answer;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.ProblemException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instrument, session after session, for a time or for ever. The same seed gives the same
 * sessions with the same uuids; those that the server knows from an earlier run are passed over, so
 * that a simulation that is started again goes on with the next. Owned by the thread that runs it;
 * stopped by interrupting that.
 */
public final class Simulation {
  /** A duration without an end. */
  public static final Duration FOREVER = Duration.ofDays(36_500);

  private static final Logger LOG = LoggerFactory.getLogger(Simulation.class);
  private static final Set<String> OVER = Set.of("completed", "abandoned");
  private static final Duration BREAK = Duration.ofMinutes(5);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final URI server;
  private final Instrument instrument;
  private final long seed;
  private final double speed;
  private final Duration duration;
  private final Pace pace;

  /**
   * A simulation that has not begun.
   *
   * @param speed seconds of beam time a second
   * @param duration by the clock on the wall; {@link #FOREVER} for no end
   */
  public Simulation(URI server, Instrument instrument, long seed, double speed, Duration duration) {
    this(server, instrument, seed, speed, duration, Pace.REAL);
  }

  Simulation(
      URI server, Instrument instrument, long seed, double speed, Duration duration, Pace pace) {
    this.server = server;
    this.instrument = instrument;
    this.seed = seed;
    this.speed = speed;
    this.duration = duration;
    this.pace = pace;
  }

  /**
   * Reports until the duration is over or the thread is interrupted; then the session under way is
   * told to be abandoned, and this returns. Blocks.
   *
   * @throws ProblemException if the server refuses the token or the instrument (401, 403)
   */
  public void run() {
    Instant until = pace.now().plus(duration);
    try (FreshetClient client =
        FreshetClient.to(server)
            .tokens(instrument.tokens())
            .patience(Duration.ofSeconds(30))
            .build()) {
      PatientSender sender = new PatientSender(instrument.name(), client, pace, until);
      Reporter reporter = new Reporter(instrument.name(), sender, pace);
      int n = 0;
      while (known(sender, n)) n++;
      while (pace.now().isBefore(until) && report(reporter, session(n++))) {
        pace.sleep(Duration.ofNanos(Math.round(BREAK.toNanos() / speed)));
      }
    } catch (InterruptedException stopped) {
      LOG.debug("{}: stopped", instrument.name());
    }
  }

  /** The session that it reports after so many others, as if it began now. */
  public MicroscopySession session(int n) {
    long sessionSeed = new Dice(seed * 31 + instrument.name().hashCode()).after(n);
    return MicroscopySession.of(sessionSeed, instrument.name(), new Timeline(pace.now(), speed));
  }

  /** Whether the server has a session from an earlier run, which ends here if it did not there. */
  private boolean known(PatientSender sender, int n) throws InterruptedException {
    MicroscopySession session = session(n);
    try {
      Optional<Answer> answer = sender.send("GET", "/acquisitions/" + session.uuid(), null);
      if (answer.isEmpty()) return false;
      String status = answer.get().body().path("status").asString("");
      if (!OVER.contains(status)) abandon(session);
      return true;
    } catch (ProblemException absent) {
      return false;
    }
  }

  private boolean report(Reporter reporter, MicroscopySession session) throws InterruptedException {
    LOG.info(
        "{}: session {} ({}), {} grids, {} minutes of beam time at speed {}",
        instrument.name(),
        session.name(),
        session.uuid(),
        session.grids(),
        session.duration().toMinutes(),
        speed);
    boolean completed = false;
    try {
      completed = reporter.report(session);
    } finally {
      if (!completed) abandon(session);
    }
    return completed;
  }

  /** The last report of a session that is not completed: one short try, also when interrupted. */
  private void abandon(MicroscopySession session) {
    boolean interrupted = Thread.interrupted();
    try (FreshetClient hasty =
        FreshetClient.to(server)
            .tokens(instrument.tokens())
            .connectTimeout(LAST_WORDS)
            .requestTimeout(LAST_WORDS)
            .patience(Duration.ZERO)
            .build()) {
      hasty.send(
          "PUT",
          "/acquisitions/" + session.uuid(),
          Map.of("status", "abandoned", "end_time", pace.now().toString()));
    } catch (ProblemException | UncheckedIOException e) {
      LOG.debug(
          "{}: session {} was not told to be abandoned", instrument.name(), session.uuid(), e);
    } catch (InterruptedException again) {
      interrupted = true;
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }
}

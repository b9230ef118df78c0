package dev.freshet.simulator;

import dev.freshet.client.Answer;
import dev.freshet.client.ClientBuilder;
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
  private final Settings settings;
  private final Pace pace;

  /**
   * How to simulate.
   *
   * @param speed seconds of beam time a second
   * @param duration by the clock on the wall; {@link #FOREVER} for no end
   * @param away how long an agent falls silent now and then, by the clock on the wall: to be seen
   *     as offline, longer than the server's {@code microscopy.offline-after}
   */
  public record Settings(long seed, double speed, Duration duration, Duration away) {
    /** For a server with its own settings. */
    public static final Duration AWAY = Duration.ofMinutes(7);

    /** Without an end. */
    public static Settings of(long seed, double speed) {
      return new Settings(seed, speed, FOREVER, AWAY);
    }

    public Settings duration(Duration newDuration) {
      return new Settings(seed, speed, newDuration, away);
    }

    public Settings away(Duration newAway) {
      return new Settings(seed, speed, duration, newAway);
    }
  }

  /** A simulation that has not begun. */
  public Simulation(URI server, Instrument instrument, Settings settings) {
    this(server, instrument, settings, Pace.REAL);
  }

  Simulation(URI server, Instrument instrument, Settings settings, Pace pace) {
    this.server = server;
    this.instrument = instrument;
    this.settings = settings;
    this.pace = pace;
  }

  /**
   * Reports until the duration is over or the thread is interrupted; then the session under way is
   * told to be abandoned, the agent's is closed, and this returns. Blocks.
   *
   * @throws ProblemException if the server refuses the token or the instrument (401, 403)
   */
  public void run() {
    String name = instrument.name();
    Instant until = pace.now().plus(settings.duration());
    try (FreshetClient client = client().build()) {
      PatientSender sender = new PatientSender(name, client, pace, until);
      try (Agent agent = new Agent(name, client, sender, pace, settings.speed())) {
        Reporter reporter = new Reporter(name, sender, agent, settings.away());
        int n = 0;
        while (known(sender, n)) n++;
        while (pace.now().isBefore(until) && report(reporter, agent, n++)) {
          agent.waitUntil(pace.now().plus(pause()));
        }
      }
    } catch (InterruptedException stopped) {
      LOG.debug("{}: stopped", instrument.name());
    }
  }

  private ClientBuilder client() {
    return FreshetClient.to(server).tokens(instrument.tokens()).patience(Duration.ZERO);
  }

  private Duration pause() {
    return Duration.ofNanos(Math.round(BREAK.toNanos() / settings.speed()));
  }

  /** The session that it reports after so many others, as if it began now. */
  public MicroscopySession session(int n) {
    String name = instrument.name();
    long seed = new Dice(settings.seed() * 31 + name.hashCode()).after(n);
    Timeline timeline = new Timeline(pace.now(), settings.speed());
    return MicroscopySession.of(seed, name, timeline, Course.of(name, n));
  }

  /**
   * Whether the server has a session from an earlier run, which ends here if it did not there. One
   * that was planned only is still to come.
   */
  private boolean known(PatientSender sender, int n) throws InterruptedException {
    MicroscopySession session = session(n);
    try {
      Optional<Answer> answer = sender.send("GET", "/acquisitions/" + session.uuid(), null);
      if (answer.isEmpty()) return false;
      String status = answer.get().body().path("status").asString("");
      if (status.equals("planned")) return false;
      if (!OVER.contains(status)) abandon(session);
      return true;
    } catch (ProblemException absent) {
      return false;
    }
  }

  private boolean report(Reporter reporter, Agent agent, int n) throws InterruptedException {
    MicroscopySession session = session(n).announcing(session(n + 1).reports().getFirst());
    LOG.info(
        "{}: session {} ({}), {} grids, {} minutes of beam time at speed {}",
        instrument.name(),
        session.name(),
        session.uuid(),
        session.grids(),
        session.duration().toMinutes(),
        settings.speed());
    boolean completed = false;
    try {
      completed = reporter.report(session);
    } finally {
      if (!completed) lastWords(session, agent);
    }
    return completed;
  }

  private void abandon(MicroscopySession session) {
    hastily(
        session,
        client ->
            client.send(
                "PUT",
                "/acquisitions/" + session.uuid(),
                Map.of("status", "abandoned", "end_time", pace.now().toString())));
  }

  /** The last report of a session that is not completed, and of its agent. */
  private void lastWords(MicroscopySession session, Agent agent) {
    abandon(session);
    hastily(session, agent::depart);
  }

  /** One short try, also when interrupted. */
  private void hastily(MicroscopySession session, Words words) {
    boolean interrupted = Thread.interrupted();
    try (FreshetClient hasty =
        client().connectTimeout(LAST_WORDS).requestTimeout(LAST_WORDS).build()) {
      words.say(hasty);
    } catch (ProblemException | UncheckedIOException e) {
      LOG.debug("{}: session {} was not told to be over", instrument.name(), session.uuid(), e);
    } catch (InterruptedException again) {
      interrupted = true;
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  private interface Words {
    void say(FreshetClient hasty) throws InterruptedException;
  }
}

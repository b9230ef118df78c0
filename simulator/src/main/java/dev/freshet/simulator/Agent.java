package dev.freshet.simulator;

import dev.freshet.client.FreshetClient;
import dev.freshet.client.ProblemException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent beside one microscope: it has a session with the server for each acquisition, gives
 * signs of life, sends its log, and follows its instructions. A server without these routes is
 * reported to all the same. Owned by the thread that reports.
 */
final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(30);
  private static final Duration SHORTEST_HEARTBEAT = Duration.ofSeconds(3);
  private static final Duration FLUSH = Duration.ofSeconds(1);

  private final String instrument;
  private final String id;
  private final FreshetClient client;
  private final PatientSender sender;
  private final Pace pace;
  private final double speed;
  private final Duration heartbeat;
  private final AgentSessions sessions;
  private final LogOutbox outbox;

  private @Nullable MicroscopySession acquisition;
  private @Nullable String session;
  private @Nullable Follower follower;
  private Instant nextHeartbeat = Instant.EPOCH;
  private Instant nextFlush = Instant.EPOCH;
  private @Nullable Instant awayUntil;
  private volatile boolean paused;

  Agent(String instrument, FreshetClient client, PatientSender sender, Pace pace, double speed) {
    this.instrument = instrument;
    this.id = "agent-" + instrument;
    this.client = client;
    this.sender = sender;
    this.pace = pace;
    this.speed = speed;
    this.heartbeat = heartbeat(speed);
    this.sessions = new AgentSessions(id, instrument, sender);
    this.outbox = new LogOutbox(id, client, sender);
  }

  /** Every half minute of beam time, but for a person's clock no more often than need be. */
  static Duration heartbeat(double speed) {
    Duration scaled = Duration.ofMillis(Math.round(HEARTBEAT.toMillis() / speed));
    if (scaled.compareTo(HEARTBEAT) > 0) return HEARTBEAT;
    return scaled.compareTo(SHORTEST_HEARTBEAT) < 0 ? SHORTEST_HEARTBEAT : scaled;
  }

  /** Opens a session for an acquisition, and closes those that were before. */
  void begin(MicroscopySession newAcquisition) throws InterruptedException {
    acquisition = newAcquisition;
    paused = false;
    open();
  }

  private void open() throws InterruptedException {
    MicroscopySession now = acquisition;
    if (now == null) return;
    stopFollowing();
    session = sessions.open(now).orElse(null);
    if (session != null) follow(session);
    nextHeartbeat = pace.now();
  }

  private void follow(String to) {
    follower = new Follower(id, to, client, sender, new Follower.Work(pace, speed, () -> paused));
  }

  private void stopFollowing() {
    if (follower != null) follower.close();
    follower = null;
  }

  /** Lets time pass, and does meanwhile what an agent does all the time. */
  void waitUntil(Instant due) throws InterruptedException {
    while (true) {
      tick();
      Instant now = pace.now();
      Duration left = Duration.between(now, due);
      if (!left.isPositive()) return;
      Duration beat = Duration.between(now, earlier(nextHeartbeat, nextFlush));
      boolean idle = session == null || awayUntil != null || !beat.isPositive();
      pace.sleep(idle || left.compareTo(beat) < 0 ? left : beat);
    }
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /** Does what is due: a heartbeat, a batch of the log. */
  void tick() throws InterruptedException {
    String to = session;
    if (to == null || awayUntil != null) return;
    Instant now = pace.now();
    if (!now.isBefore(nextFlush)) {
      nextFlush = now.plus(FLUSH);
      outbox.flush(to);
    }
    if (!now.isBefore(nextHeartbeat)) {
      nextHeartbeat = now.plus(heartbeat);
      beat(to);
    }
  }

  /** Sends what is left of the log. */
  void flush() throws InterruptedException {
    nextFlush = Instant.EPOCH;
    tick();
  }

  /** One that is lost is made good by the next. */
  private void beat(String to) throws InterruptedException {
    try {
      client.send("POST", "/agent/" + id + "/session/" + to + "/heartbeat", null);
    } catch (UncheckedIOException away) {
      LOG.debug("{}: no heartbeat", instrument, away);
    } catch (ProblemException refused) {
      if (refused.status() == 404 || refused.status() == 409) {
        LOG.info("{}: session {} was closed; opening another", instrument, to);
        open();
      } else if (!refused.retryable()) {
        throw refused;
      }
    }
  }

  void log(LogLine line) {
    outbox.add(line);
  }

  /** Tells what became of the acquisition: a paused one takes no instructions. */
  void acquisition(String status) {
    paused = status.equals("paused");
  }

  /** Has the decision service make an instruction for this agent. */
  void order(Order order) throws InterruptedException {
    if (session != null) sessions.order(session, order);
  }

  /** Falls silent for so long by the clock on the wall. */
  void vanish(Duration duration) {
    if (session == null) return;
    LOG.info("{}: agent is silent for {} s", instrument, duration.toSeconds());
    stopFollowing();
    awayUntil = pace.now().plus(duration);
  }

  /** Waits until the agent is there. */
  void awaitPresence() throws InterruptedException {
    Instant back = awayUntil;
    if (back == null) return;
    waitUntil(earlier(back, sender.until()));
    awayUntil = null;
    if (session != null) follow(session);
    tick();
  }

  /** Takes no more instructions. */
  void leave() {
    stopFollowing();
  }

  /** Closes the session, in one short try. */
  void depart(FreshetClient hasty) throws InterruptedException {
    stopFollowing();
    if (session != null) hasty.send("DELETE", AgentSessions.path(session), null);
  }

  @Override
  public void close() {
    stopFollowing();
  }
}

package dev.freshet.simulator;

import dev.freshet.client.ProblemException;
import dev.freshet.client.TokenSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends a recording again: its reports in the order in which they came, one after the other, at
 * their own pace divided by the speed. A report that was not taken (no answer, 408, 429, 5xx) is
 * passed over, for the agent sent it again. Owned by one thread.
 */
public final class Replay {
  private static final int SHOWN = 20;

  private final URI server;
  private final @Nullable TokenSource tokens;
  private final Path file;
  private final double speed;
  private final Renaming renaming;
  private final Pace pace;

  /**
   * How it went.
   *
   * @param sent reports
   * @param passedOver reports that had not been taken
   * @param different how many were answered with another status than at the recording
   * @param examples the first of them, a line each
   * @param truncated whether the last line of the recording was cut off
   */
  public record Outcome(
      long sent, long passedOver, long different, List<String> examples, boolean truncated) {
    public Outcome {
      examples = List.copyOf(examples);
    }
  }

  /**
   * A replay that has not begun.
   *
   * @param tokens null sends no token
   * @param rename whether the uuids of the recording are replaced, so that it can be replayed where
   *     it is known
   */
  public Replay(URI server, @Nullable TokenSource tokens, Path file, double speed, boolean rename) {
    this(server, tokens, file, speed, rename ? Renaming.afresh() : Renaming.none(), Pace.REAL);
  }

  Replay(
      URI server,
      @Nullable TokenSource tokens,
      Path file,
      double speed,
      Renaming renaming,
      Pace pace) {
    if (!(speed > 0)) throw new IllegalArgumentException("speed is " + speed + ", must be above 0");
    this.server = server;
    this.tokens = tokens;
    this.file = file;
    this.speed = speed;
    this.renaming = renaming;
    this.pace = pace;
  }

  /**
   * Checks the whole file, then sends it. Blocks; a server that is away is waited for.
   *
   * @throws RecordingException if the file is none; nothing was sent then
   * @throws ProblemException if the server does not take the token
   */
  public Outcome run() throws IOException, InterruptedException {
    check();
    try (RecordingReader reader = new RecordingReader(file);
        ReplaySender sender = new ReplaySender(server, tokens, renaming, pace)) {
      return send(reader, sender);
    }
  }

  private void check() throws IOException {
    try (RecordingReader reader = new RecordingReader(file)) {
      while (reader.next().isPresent()) {
        // Throws if a line is none.
      }
    }
  }

  private Outcome send(RecordingReader reader, ReplaySender sender)
      throws IOException, InterruptedException {
    Instant start = pace.now();
    List<String> examples = new ArrayList<>();
    long sent = 0;
    long passedOver = 0;
    long different = 0;
    for (Optional<Recorded> next = reader.next(); next.isPresent(); next = reader.next()) {
      Recorded recorded = next.get();
      if (!taken(recorded.status())) {
        passedOver++;
        continue;
      }
      await(start, recorded.at());
      int status = sender.send(renamed(recorded));
      sent++;
      if (status == recorded.status()) continue;
      if (different++ < SHOWN) examples.add(difference(recorded, status));
    }
    return new Outcome(sent, passedOver, different, examples, reader.truncated());
  }

  private static boolean taken(int status) {
    return status != 408 && status != 429 && status < 500;
  }

  private void await(Instant start, Duration at) throws InterruptedException {
    Instant due = start.plusNanos(Math.round(at.toNanos() / speed));
    Duration left = Duration.between(pace.now(), due);
    if (left.isPositive()) pace.sleep(left);
  }

  private Recorded renamed(Recorded recorded) {
    String body = recorded.body();
    String query = recorded.query();
    return new Recorded(
        recorded.n(),
        recorded.at(),
        recorded.method(),
        renaming.apply(recorded.path()),
        query == null ? null : renaming.apply(query),
        recorded.contentType(),
        body == null ? null : renaming.apply(body),
        recorded.status(),
        recorded.named());
  }

  private static String difference(Recorded recorded, int status) {
    return "%s %s: %d where %d was recorded"
        .formatted(recorded.method(), recorded.target(), status, recorded.status());
  }
}

package dev.freshet.agents.run;

import java.nio.file.Path;
import java.time.Duration;

/**
 * @param directory where runs have their files, each tenant's in a directory of its own
 * @param running runs of this server's agent that go on at once
 * @param tenantRunning runs of one tenant that go on at once, reported ones too
 * @param preview UTF-16 units of a string in params and results; what is longer is a reference
 * @param thought UTF-16 units of one thought
 * @param eventBytes that an event, and a state, may have
 * @param approval how long a person has to answer
 * @param silence after which a reported run is given up
 * @param keep how long after it began a run that has ended is kept
 */
public record RunSettings(
    Path directory,
    int running,
    int tenantRunning,
    int preview,
    int thought,
    int eventBytes,
    Duration approval,
    Duration silence,
    Duration keep) {
  /** An event has room for so many references, and a state for so many thoughts. */
  private static final int PREVIEWS = 32;

  private static final int THOUGHTS = 16;

  public RunSettings {
    if (running < 1 || tenantRunning < 1 || preview < 1 || thought < 1 || eventBytes < 1)
      throw new IllegalArgumentException("bounds of runs must be positive");
    if (!approval.isPositive() || !silence.isPositive() || !keep.isPositive())
      throw new IllegalArgumentException("runs need positive times");
    preview = Math.min(preview, Math.max(1, eventBytes / PREVIEWS));
    thought = Math.min(thought, Math.max(2, eventBytes / THOUGHTS));
  }

  public static RunSettings in(Path directory) {
    return new RunSettings(
        directory,
        400,
        400,
        8 << 10,
        32 << 10,
        1 << 20,
        Duration.ofMinutes(10),
        Duration.ofMinutes(5),
        Duration.ofDays(30));
  }

  /** Steps that are done are put into pages when they are about this much. */
  int pageBytes() {
    return eventBytes / 8;
  }

  /** What of a run stays in its checkpoint for good may be this much. */
  int headBytes() {
    return eventBytes / 2;
  }
}

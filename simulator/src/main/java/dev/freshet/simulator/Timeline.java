package dev.freshet.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When beam time happens.
 *
 * @param speed seconds of beam time a second
 */
public record Timeline(Instant start, double speed) {
  public Timeline {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException("speed is " + speed + ", must be above 0");
    }
  }

  /** The moment at which so much beam time has passed; exact to the millisecond. */
  public Instant at(Duration beamTime) {
    return start.plusNanos(Math.round(beamTime.toNanos() / speed)).truncatedTo(ChronoUnit.MILLIS);
  }
}

package dev.freshet.subscription;

import java.util.Locale;

/** Why what a client had is not continuous with what the log has (U3; PROTOCOL §2.3). */
public enum ResetReason {
  /** Not a position. */
  MALFORMED,
  /** A position of another log, or of one that was recreated. */
  EPOCH,
  /** After the log's head. */
  FUTURE,
  /** Older than the oldest event kept. */
  RETENTION,
  /** The reader fell out of retention while it was connected. */
  OVERRUN;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}

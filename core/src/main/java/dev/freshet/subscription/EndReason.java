package dev.freshet.subscription;

import java.util.Locale;

/** Why a stream is over (PROTOCOL §2.4). */
public enum EndReason {
  /** Every topic of it has ended (U7). */
  COMPLETED,
  /** The token's time is over (A2). */
  EXPIRED,
  /** The token or the subject was withdrawn (A3). */
  REVOKED,
  /** The server shuts down (R3). */
  DRAIN,
  /** An administrator ended it. */
  CLOSED,
  /** It has sent as many events as the client asked for. */
  LIMIT,
  /** What this viewer may see is elsewhere now; it is to connect again. */
  MOVED;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}

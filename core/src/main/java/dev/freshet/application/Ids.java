package dev.freshet.application;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Makes ids of documents: the time, counted backwards, and what nobody can guess. In ascending
 * order, which is that of topics, the newest comes first. Thread-safe.
 */
public final class Ids {
  private static final int TIME_DIGITS = 11;
  private static final int RANDOM_BYTES = 10;
  private static final long LATEST = (1L << (4 * TIME_DIGITS)) - 1;
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{" + (TIME_DIGITS + 2 * RANDOM_BYTES) + "}");

  private final SecureRandom random = new SecureRandom();
  private long last = LATEST;

  /** Before all that were made before in this process, whatever the clock does. */
  public synchronized String next(Instant now) {
    last = Math.min(last - 1, LATEST - now.toEpochMilli());
    byte[] rest = new byte[RANDOM_BYTES];
    random.nextBytes(rest);
    return time(last) + HexFormat.of().formatHex(rest);
  }

  /** What comes before all ids that are older. */
  public static String olderThan(Instant time) {
    return time(LATEST - time.toEpochMilli());
  }

  /** Whether it could be one of these ids. */
  public static boolean valid(String id) {
    return ID.matcher(id).matches();
  }

  private static String time(long backwards) {
    return HexFormat.of().toHexDigits(backwards, TIME_DIGITS);
  }
}

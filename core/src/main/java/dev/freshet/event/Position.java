package dev.freshet.event;

import java.util.Optional;

/**
 * A place in one log: after the event with this offset. Offsets are dense and ascending from 1
 * (L2); offset 0 is before the first. The epoch changes when a log is recreated, so that a position
 * of a log that is gone is recognised (U3).
 *
 * <p>On the wire it is one opaque token, {@link #token()}.
 */
public record Position(long epoch, long offset) {
  private static final int MAX_TOKEN = 64;

  public Position {
    if (epoch < 0 || offset < 0)
      throw new IllegalArgumentException("negative position " + epoch + "-" + offset);
  }

  public String token() {
    return Long.toString(epoch, Character.MAX_RADIX)
        + "-"
        + Long.toString(offset, Character.MAX_RADIX);
  }

  /**
   * The position that a token names; empty if it is not one that {@link #token()} could have made.
   */
  public static Optional<Position> parse(String token) {
    int dash = token.indexOf('-');
    if (dash < 1 || token.length() > MAX_TOKEN) return Optional.empty();
    try {
      Position position =
          new Position(
              Long.parseLong(token.substring(0, dash), Character.MAX_RADIX),
              Long.parseLong(token.substring(dash + 1), Character.MAX_RADIX));
      return position.token().equals(token) ? Optional.of(position) : Optional.empty();
    } catch (IllegalArgumentException notAPosition) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return token();
  }
}

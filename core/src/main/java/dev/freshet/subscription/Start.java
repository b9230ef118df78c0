package dev.freshet.subscription;

import dev.freshet.event.Filter;
import dev.freshet.event.Position;
import dev.freshet.log.EventLog;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscription begins: at an offset, or with the snapshots when there was no position or it
 * could not be honoured (U3).
 *
 * @param offset events after it are delivered; meaningless without {@code resumed}
 * @param reset why the client's position could not be honoured; null if it had none or it was
 */
public record Start(boolean resumed, long offset, @Nullable ResetReason reset) {
  /** What a client sends as {@code after} to begin at the oldest event that is kept. */
  public static final String EARLIEST = "earliest";

  /** Where a client with this position token begins; without one, with the snapshots. */
  public static Start at(EventLog log, Filter filter, Optional<String> token) {
    if (token.isEmpty()) return new Start(false, 0, null);
    if (token.get().equals(EARLIEST)) return new Start(true, log.start(filter).offset(), null);
    Position position = Position.parse(token.get()).orElse(null);
    if (position == null) return reset(ResetReason.MALFORMED);
    if (position.epoch() != log.epoch()) return reset(ResetReason.EPOCH);
    if (position.offset() > log.head().offset()) return reset(ResetReason.FUTURE);
    if (position.offset() < log.start(filter).offset()) return reset(ResetReason.RETENTION);
    return new Start(true, position.offset(), null);
  }

  /** With the snapshots, even if the client has a position: it was of something else. */
  static Start anew(Optional<String> token) {
    return new Start(false, 0, token.isEmpty() ? null : ResetReason.EPOCH);
  }

  private static Start reset(ResetReason reason) {
    return new Start(false, 0, reason);
  }
}

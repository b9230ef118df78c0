package dev.freshet.application;

import dev.freshet.subscription.EndReason;
import java.time.Instant;

/** One client's open stream. Thread-safe; no call blocks. */
public interface ClientStream {
  /** As administrators and {@link dev.freshet.subscription.Voice} name it. */
  String id();

  /** The client's address; empty if it is not known. */
  String remoteAddress();

  Instant since();

  /** Whether it went on from a position of the client's, without snapshots. */
  boolean resumed();

  /** Ends the stream with a frame that says why. */
  default void end(EndReason reason) {
    end(reason, () -> {});
  }

  /**
   * Ends the stream with a frame that says why.
   *
   * @param ended runs when nothing more of the selection will be written to it; must not block
   */
  void end(EndReason reason, Runnable ended);
}

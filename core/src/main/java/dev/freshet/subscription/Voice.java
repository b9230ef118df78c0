package dev.freshet.subscription;

import dev.freshet.view.Frame;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a stream speaks of itself where its clients know other frames than those of PROTOCOL §2.1.
 * Thread-safe; must not block.
 */
public interface Voice {
  /** The comment that is sent at once. */
  default String greeting() {
    return ControlFrames.GREETING;
  }

  /**
   * In place of {@code stream.open}; null for nothing.
   *
   * @param stream the stream's id
   */
  @Nullable Frame opened(String stream);

  /**
   * In place of {@code stream.live}, and of heartbeats; carries the position as its id. Null for a
   * comment.
   */
  @Nullable Frame heartbeat(String stream, Instant now);

  /** In place of {@code stream.reset}. */
  default Frame reset(ResetReason reason) {
    return ControlFrames.reset(reason);
  }

  /** In place of {@code stream.end}; null for a comment. */
  default @Nullable Frame ended(EndReason reason) {
    return ControlFrames.end(reason);
  }
}

package dev.freshet.server.stream;

import dev.freshet.application.Attendant;
import dev.freshet.application.ClientStream;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an attendant about its stream, one call after the other, off the event loop. Deliveries
 * that it has not been told of yet become one, so that a slow attendant costs nothing.
 */
final class Attendance implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Attendance.class);

  private final Attendant attendant;
  private final Executor blocking;

  // What the attendant has not heard yet, in this order; guarded by this.
  private @Nullable ClientStream opened;
  private long delivered = -1;
  private @Nullable String closed;
  private boolean running;

  /** The last offset that was reported; owned by the event loop. */
  private long reported = -1;

  Attendance(Attendant attendant, Executor blocking) {
    this.attendant = attendant;
    this.blocking = blocking;
  }

  synchronized void opened(ClientStream stream) {
    opened = stream;
    start();
  }

  /** Notes, when what was written so far has left, that it covers the log up to an offset. */
  void report(ChannelHandlerContext at, long offset) {
    if (offset <= reported) return;
    reported = offset;
    at.write(Unpooled.EMPTY_BUFFER)
        .addListener(written -> {
          if (written.isSuccess()) delivered(offset);
        });
  }

  private synchronized void delivered(long offset) {
    delivered = offset;
    start();
  }

  synchronized void closed(String reason) {
    closed = reason;
    start();
  }

  private void start() {
    if (running) return;
    running = true;
    blocking.execute(this);
  }

  @Override
  public void run() {
    for (Runnable call = next(); call != null; call = next()) {
      try {
        call.run();
      } catch (RuntimeException failed) {
        LOG.error("an attendant of a stream failed", failed);
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    ClientStream stream = opened;
    long offset = delivered;
    String reason = closed;
    if (stream != null) {
      opened = null;
      return () -> attendant.opened(stream);
    }
    if (offset >= 0) {
      delivered = -1;
      return () -> attendant.delivered(offset);
    }
    if (reason != null) {
      closed = null;
      return () -> attendant.closed(reason);
    }
    running = false;
    return null;
  }
}

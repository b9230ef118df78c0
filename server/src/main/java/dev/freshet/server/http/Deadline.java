package dev.freshet.server.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one thing that a connection waits for, and what happens when it does not come. For its event
 * loop.
 */
final class Deadline {
  private @Nullable ScheduledFuture<?> pending;

  void set(ChannelHandlerContext ctx, Duration delay, Runnable passed) {
    clear();
    pending = ctx.executor().schedule(passed, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  void clear() {
    if (pending != null) pending.cancel(false);
    pending = null;
  }
}

package dev.freshet.log;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies retention to a store's logs, one after the other, at an interval. */
final class Sweeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  private final Supplier<? extends Collection<? extends EventLog>> logs;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("freshet-retention").unstarted(task));

  Sweeper(Duration interval, Supplier<? extends Collection<? extends EventLog>> logs) {
    this.logs = logs;
    long nanos = interval.toNanos();
    var unused = thread.scheduleWithFixedDelay(this::sweep, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void sweep() {
    for (EventLog log : logs.get()) {
      try {
        log.retain();
      } catch (LogException.Closed closing) {
        LOG.debug("a log was closed before its retention");
      } catch (RuntimeException e) {
        LOG.warn("retention failed; it is tried again at the next interval", e);
      }
    }
  }

  /** Returns when the sweep under way has ended. */
  @Override
  public void close() {
    thread.close();
  }
}

package dev.freshet.state;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.log.Appended;
import dev.freshet.log.Batch;
import dev.freshet.log.EventLog;
import dev.freshet.log.LogException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds up the first append to a log until it is opened, or made to fail. */
final class Gate {
  private final EventLog log;
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);
  private final AtomicInteger appends = new AtomicInteger();
  private volatile LogException failure;

  Gate(EventLog log) {
    this.log = log;
  }

  EventLog log() {
    return new HookedLog(log, this::append);
  }

  private Appended append(Batch batch) {
    if (appends.getAndIncrement() > 0) return log.append(batch);
    reached.countDown();
    await(opened);
    if (failure != null) throw failure;
    return log.append(batch);
  }

  void awaitAppend() {
    await(reached);
  }

  void open() {
    opened.countDown();
  }

  void fail(LogException with) {
    failure = with;
    opened.countDown();
  }

  int appends() {
    return appends.get();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

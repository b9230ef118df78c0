package dev.freshet.view;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Wakes one event loop: however many views have grown, one task is queued. */
final class LoopWaker implements Runnable {
  private final Executor loop;
  private final Queue<Readers> ready = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean queued = new AtomicBoolean();

  LoopWaker(Executor loop) {
    this.loop = loop;
  }

  /** Called by the feeding thread; {@link #wake} follows when the batch is done. */
  void add(Readers readers) {
    if (readers.markReady()) ready.add(readers);
  }

  void wake() {
    if (ready.isEmpty() || !queued.compareAndSet(false, true)) return;
    try {
      loop.execute(this);
    } catch (RejectedExecutionException ended) {
      ready.clear();
    }
  }

  @Override
  public void run() {
    queued.set(false);
    ArrayDeque<Readers> batch = new ArrayDeque<>();
    for (Readers readers = ready.poll(); readers != null; readers = ready.poll())
      batch.add(readers);
    for (Readers readers : batch) readers.run();
  }
}

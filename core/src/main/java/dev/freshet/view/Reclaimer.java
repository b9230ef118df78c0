package dev.freshet.view;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives dropped pages back once no event loop can be inside them. A loop reads a page only within
 * one of its tasks and only after it saw that the page is not dropped; so when every loop has begun
 * a later task, nobody can take a new slice of it. Slices already taken keep the memory by their
 * own reference count.
 */
final class Reclaimer {
  private final Set<Executor> loops = ConcurrentHashMap.newKeySet();

  /** Makes a loop known before it reads its first page. */
  void register(Executor loop) {
    if (!loops.contains(loop)) loops.add(loop);
  }

  void reclaim(List<Page> dropped) {
    if (dropped.isEmpty()) return;
    Executor[] waitFor = loops.toArray(Executor[]::new);
    if (waitFor.length == 0) {
      release(dropped);
      return;
    }
    AtomicInteger remaining = new AtomicInteger(waitFor.length);
    Runnable passed =
        () -> {
          if (remaining.decrementAndGet() == 0) release(dropped);
        };
    for (Executor loop : waitFor) pass(loop, passed);
  }

  private void pass(Executor loop, Runnable passed) {
    try {
      loop.execute(passed);
    } catch (RejectedExecutionException ended) {
      loops.remove(loop);
      passed.run();
    }
  }

  private static void release(List<Page> pages) {
    for (Page page : pages) page.bytes.release();
  }
}

package dev.freshet.view;

import dev.freshet.log.EventLog;
import dev.freshet.log.LogException;
import dev.freshet.log.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The views of one tenant's log. One follower of the log feeds them: each event goes to the views
 * that match it, each view publishes once a batch, and each event loop that has readers of what
 * grew is woken once.
 *
 * <p>Thread-safe. Its lock is taken once for a batch, and by who opens or closes a subscription; no
 * reader takes it to read.
 */
public final class Views implements AutoCloseable {
  private static final int CONCURRENT_LOADS = 4;
  private static final Duration CATCH_UP = Duration.ofSeconds(1);

  private final EventLog log;
  private final PageSettings settings;
  private final ExecutorService blocking;
  private final Reclaimer reclaimer = new Reclaimer();
  private final Map<Executor, LoopWaker> wakers = new ConcurrentHashMap<>();
  private final Set<View> holding = ConcurrentHashMap.newKeySet();
  private final Semaphore loads = new Semaphore(CONCURRENT_LOADS);
  private final AtomicLong reserved = new AtomicLong();
  private final EventLog.Following following;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition fed = lock.newCondition();
  private final Map<Key, View> views = new HashMap<>();
  private final ViewIndex index = new ViewIndex();
  private final LongAdder encodings = new LongAdder();
  private final FrameEncoder encoder;
  private volatile long processed;
  private volatile boolean closed;

  private record Key(Scope scope, Representation representation) {}

  /**
   * @param blocking runs tasks that read the log; a virtual thread each is right
   */
  public Views(EventLog log, PageSettings settings, ExecutorService blocking) {
    this.log = log;
    this.settings = settings;
    this.blocking = blocking;
    this.encoder = new FrameEncoder(log.epoch(), encodings);
    this.processed = log.head().offset();
    this.following = log.follow(processed, this::feed);
  }

  public EventLog log() {
    return log;
  }

  LongAdder encodings() {
    return encodings;
  }

  /** How many frames were encoded, each for all who see the same. */
  public long encoded() {
    return encodings.sum();
  }

  PageSettings settings() {
    return settings;
  }

  /** Up to where the log has been fed to the views; every frame at or before it can be read. */
  public long processed() {
    return processed;
  }

  /**
   * Waits until what is in the log now has been fed to the views, so that who begins to read after
   * an acknowledged append finds it behind it, not ahead (U2). Blocks, for a moment at most.
   */
  public void catchUp() {
    long head = log.head().offset();
    if (processed >= head) return;
    lock.lock();
    try {
      long left = CATCH_UP.toNanos();
      while (processed < head && !closed && left > 0) left = fed.awaitNanos(left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** The view of a scope, made if nobody reads it yet; {@link #release} it when done. Blocks. */
  public View acquire(Scope scope, Representation representation) {
    View view;
    boolean made = false;
    lock.lock();
    try {
      Key key = new Key(scope, representation);
      view = views.get(key);
      if (view == null) {
        made = true;
        view = new View(this, scope, representation, processed);
        view.watchEnds();
        views.put(key, view);
        index.add(view);
      }
      view.references++;
    } finally {
      lock.unlock();
    }
    if (made || scope.filter().exact()) view.findEnds();
    return view;
  }

  /**
   * Gives a view back. The last to do so removes it, a moment later, so that a reconnecting crowd
   * finds it.
   */
  public void release(View view) {
    lock.lock();
    try {
      if (--view.references > 0) return;
      view.releasedAt = System.nanoTime();
      holding.add(view);
    } finally {
      lock.unlock();
    }
  }

  /** How many views there are; for metrics. */
  public int size() {
    lock.lock();
    try {
      return views.size();
    } finally {
      lock.unlock();
    }
  }

  private void feed(List<Recorded> events) {
    Set<View> grown = new LinkedHashSet<>();
    List<Page> dropped = new ArrayList<>();
    lock.lock();
    try {
      long expected = processed + 1;
      for (Recorded recorded : events) {
        if (recorded.offset() != expected) dropped.addAll(skipTo(recorded.offset() - 1, grown));
        feed(recorded, grown);
        expected = recorded.offset() + 1;
      }
      long now = System.nanoTime();
      for (View view : grown) {
        dropped.addAll(view.publish(now));
        holding.add(view);
      }
      processed = events.getLast().offset();
      fed.signalAll();
    } finally {
      lock.unlock();
    }
    reclaimer.reclaim(dropped);
    wake(grown);
  }

  /**
   * Retention was faster than this follower: who is behind the gap must ask the log what is left.
   */
  private List<Page> skipTo(long offset, Set<View> grown) {
    List<Page> dropped = new ArrayList<>();
    for (View view : views.values()) dropped.addAll(view.skipTo(offset));
    grown.addAll(views.values());
    return dropped;
  }

  private final Set<View> matched = new HashSet<>();

  private void feed(Recorded recorded, Set<View> grown) {
    matched.clear();
    index.matching(recorded.event().topic(), matched::add);
    for (View view : matched) {
      view.feed(recorded, encoder);
      grown.add(view);
    }
  }

  private static void wake(Set<View> grown) {
    if (grown.isEmpty()) return;
    Set<LoopWaker> woken = new HashSet<>();
    for (View view : grown) view.wakeReaders(woken);
    for (LoopWaker waker : woken) waker.wake();
  }

  /** Gives back pages and views that are not used any more; to be called about once a second. */
  public void sweep() {
    long now = System.nanoTime();
    List<Page> dropped = new ArrayList<>();
    lock.lock();
    try {
      holding.removeIf(view -> sweep(view, now, dropped));
    } finally {
      lock.unlock();
    }
    reclaimer.reclaim(dropped);
  }

  /** Whether the view holds nothing any more; one that nobody reads goes with it. */
  private boolean sweep(View view, long now, List<Page> dropped) {
    dropped.addAll(deserted(view, now) ? view.clear() : view.sweep(now));
    if (view.holdsPages()) return false;
    if (view.references == 0) remove(view);
    return true;
  }

  /** Whether nobody has read it for a while; it may still be fed. */
  private boolean deserted(View view, long now) {
    return view.references == 0 && now - view.releasedAt >= settings.idle().toNanos();
  }

  private void remove(View view) {
    if (views.remove(new Key(view.scope(), view.representation()), view)) index.remove(view);
  }

  Readers readers(View view, Executor loop) {
    reclaimer.register(loop);
    LoopWaker waker = wakers.computeIfAbsent(loop, LoopWaker::new);
    lock.lock();
    try {
      return view.readersOn(waker);
    } finally {
      lock.unlock();
    }
  }

  /** Has the view swept; under the lock, so that a sweep that found it empty does not forget it. */
  void holding(View view) {
    lock.lock();
    try {
      holding.add(view);
    } finally {
      lock.unlock();
    }
  }

  void reclaim(List<Page> dropped) {
    reclaimer.reclaim(dropped);
  }

  void load(CompletableFuture<Replay> into, Supplier<Replay> read) {
    if (closed) {
      into.completeExceptionally(new LogException.Closed());
      return;
    }
    blocking.execute(() -> {
      loads.acquireUninterruptibly();
      try {
        into.complete(read.get());
      } catch (RuntimeException | Error failed) {
        into.completeExceptionally(failed);
      } finally {
        loads.release();
      }
    });
  }

  boolean reserve(long bytes) {
    if (reserved.addAndGet(bytes) <= settings.snapshots()) return true;
    reserved.addAndGet(-bytes);
    return false;
  }

  void unreserve(long bytes) {
    reserved.addAndGet(-bytes);
  }

  @Override
  public void close() {
    closed = true;
    following.close();
    List<Page> dropped = new ArrayList<>();
    lock.lock();
    try {
      holding.addAll(views.values());
      for (View view : holding) dropped.addAll(view.clear());
      views.clear();
      holding.clear();
    } finally {
      lock.unlock();
    }
    reclaimer.reclaim(dropped);
  }
}

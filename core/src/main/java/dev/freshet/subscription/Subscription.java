package dev.freshet.subscription;

import dev.freshet.access.Grant;
import dev.freshet.event.Filter;
import dev.freshet.event.Position;
import dev.freshet.log.LogException;
import dev.freshet.log.Recorded;
import dev.freshet.log.Slice;
import dev.freshet.log.StateCut;
import dev.freshet.log.TopicState;
import dev.freshet.view.Scope;
import dev.freshet.view.Unseen;
import dev.freshet.view.View;
import dev.freshet.view.Views;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Live events for a program in the same JVM: pull them with {@link #next}. With no position it
 * begins with the values of the matching states and goes on with every later event; after a
 * position with exactly the matching events behind it, in order, once (U1, U2).
 *
 * <p>It reads the log at its own pace, a bounded slice at a time, so a slow program costs nothing
 * to others (U5). For one thread, but {@link #close} may come from any.
 */
public final class Subscription implements AutoCloseable {
  private static final int SLICE = 256;

  private final Views views;
  private final View view;
  private final View.Watch growth;
  private final Semaphore grown = new Semaphore(0);
  private final Deque<Delivery> ready = new ArrayDeque<>();
  private Optional<StateCut> cut = Optional.empty();
  private long offset;
  private boolean live;
  private boolean ended;
  private volatile boolean closed;

  private Subscription(Views views, View view) {
    this.views = views;
    this.view = view;
    this.growth = view.onGrowth(grown::release);
  }

  /**
   * @param position a position token to resume after, or {@code earliest}; empty to begin with the
   *     states
   */
  public static Subscription open(
      Views views, Filter filter, Grant read, Optional<String> position) {
    View view = views.acquire(Scope.of(filter, read), Unseen.UNSEEN);
    Subscription subscription = new Subscription(views, view);
    subscription.begin(Start.at(views.log(), view.scope().filter(), position));
    return subscription;
  }

  private void begin(Start start) {
    ResetReason reset = start.reset();
    if (reset != null) ready.add(new Delivery.Reset(reset));
    live = false;
    if (start.resumed()) {
      offset = start.offset();
      return;
    }
    StateCut taken = views.log().states(view.scope().filter().patterns());
    offset = taken.position().offset();
    if (view.scope().filter().wantsStates()) {
      cut = Optional.of(taken);
    } else {
      taken.close();
    }
  }

  /** Waits for the next delivery; after {@link Delivery.End}, and when closed, empty at once. */
  public Optional<Delivery> next() throws InterruptedException {
    Optional<Delivery> delivery = Optional.empty();
    while (delivery.isEmpty() && !ended && !closed) delivery = next(Duration.ofDays(1));
    return delivery;
  }

  /** Waits at most this long for the next delivery. */
  public Optional<Delivery> next(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!closed) {
      grown.drainPermits();
      Optional<Delivery> delivery = poll();
      if (delivery.isPresent() || ended) return delivery;
      if (!grown.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS))
        return Optional.empty();
    }
    return Optional.empty();
  }

  private Optional<Delivery> poll() {
    if (ended) return Optional.empty();
    if (!ready.isEmpty()) return Optional.of(ready.remove());
    Optional<Delivery> value = nextValue();
    if (value.isPresent()) return value;
    long processed = views.processed();
    boolean over = view.endedAt() <= processed;
    if (offset < processed) read(processed);
    if (!ready.isEmpty()) return Optional.of(ready.remove());
    if (offset < processed) return poll();
    return caughtUp(over);
  }

  private Optional<Delivery> caughtUp(boolean over) {
    if (!live) {
      live = true;
      return Optional.of(new Delivery.Live(position()));
    }
    if (!over) return Optional.empty();
    ended = true;
    return Optional.of(new Delivery.End(position()));
  }

  private Optional<Delivery> nextValue() {
    while (cut.isPresent()) {
      if (!cut.get().hasNext()) {
        cut.get().close();
        cut = Optional.empty();
        break;
      }
      TopicState state = cut.get().next();
      if (view.scope().permits(state.topic())) return Optional.of(new Delivery.Value(state));
    }
    return Optional.empty();
  }

  private void read(long upTo) {
    try {
      Slice slice = views.log().read(view.scope().filter(), offset, upTo, SLICE);
      for (Recorded recorded : slice.events()) {
        if (!view.scope().permits(recorded.event().topic())) continue;
        ready.add(
            new Delivery.Received(new Position(views.log().epoch(), recorded.offset()), recorded));
      }
      offset = slice.through();
    } catch (LogException.Truncated overrun) {
      begin(new Start(false, 0, ResetReason.OVERRUN));
    }
  }

  /**
   * Up to where the log was read; a new subscription may resume after the last delivery's position.
   */
  public Position position() {
    return new Position(views.log().epoch(), offset);
  }

  @Override
  public void close() {
    if (closed) return;
    closed = true;
    grown.release();
    cut.ifPresent(StateCut::close);
    growth.close();
    views.release(view);
  }
}

package dev.freshet.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A cursor in the server's log that the caller pulls. It connects when it is first pulled, and
 * comes back by itself after every cut: the matching events arrive exactly once and in the order of
 * the log, or a {@link Delivery.Reset} says that continuity was lost (U2, U3).
 *
 * <p>It holds no more than one frame and one chunk of bytes: who does not pull stops the server
 * from sending, at no cost to others (U5). One thread pulls at a time; {@link #close} and {@link
 * #position} are for any thread.
 */
public final class Subscription implements Iterable<Delivery>, AutoCloseable {
  /** Bounded by its writers: a chunk and an end of a connection, and a few answers. */
  private final BlockingQueue<Signal> mailbox = new LinkedBlockingQueue<>();

  private final Time time;
  private final Session session;
  private final Consumer<Subscription> whenClosed;

  Subscription(
      StreamPlan plan,
      Transport transport,
      Time time,
      RandomGenerator random,
      Consumer<Subscription> whenClosed) {
    this.time = time;
    this.whenClosed = whenClosed;
    this.session = new Session(plan, transport, time, random, mailbox::add);
  }

  /**
   * The next delivery, once there is one. Blocks.
   *
   * @return empty when the subscription is over: after {@link Delivery.Ended}, or when it is closed
   * @throws ProblemException if the subscription failed; then at each further call too
   */
  public Optional<Delivery> next() throws InterruptedException {
    return pull(Time.NEVER);
  }

  /**
   * The next delivery, if there is one in time.
   *
   * @return empty also when the time is up; {@link #isOver} tells which
   * @throws ProblemException as {@link #next()}
   */
  public Optional<Delivery> next(Duration timeout) throws InterruptedException {
    return pull(time.after(timeout));
  }

  private Optional<Delivery> pull(long deadline) throws InterruptedException {
    while (true) {
      Delivery delivery = session.take();
      if (delivery != null) return Optional.of(delivery);
      if (session.over()) return over();
      Signal signal = mailbox.poll();
      if (signal == null) signal = due(deadline);
      if (signal != null) session.receive(signal);
      else if (session.received().isEmpty() && time.nanos() >= deadline) return Optional.empty();
    }
  }

  private Optional<Delivery> over() {
    RuntimeException failure = session.failure();
    if (failure != null) throw failure;
    return Optional.empty();
  }

  /** Lets the session do what is due, and waits for a signal if that gave no delivery. */
  private @Nullable Signal due(long deadline) throws InterruptedException {
    session.tick();
    if (!session.received().isEmpty()) return null;
    long wait = Math.min(session.due(), deadline) - time.nanos();
    return wait <= 0 ? null : mailbox.poll(wait, TimeUnit.NANOSECONDS);
  }

  /** Whether there will be no more deliveries. */
  public boolean isOver() {
    return session.over() && session.received().isEmpty();
  }

  /** Where a new subscription would go on after what was delivered; empty before there is such. */
  public Optional<String> position() {
    return Optional.ofNullable(session.received().cursor().position());
  }

  /** The states delivered and not removed since, by topic; a live view for the pulling thread. */
  public Map<String, StateValue> states() {
    return session.received().replica().held();
  }

  /**
   * Pulls without end. {@link Iterator#hasNext} blocks; it is false when the subscription is over,
   * and throws {@link CancellationException} on a thread that was interrupted.
   */
  @Override
  public Iterator<Delivery> iterator() {
    return new Pulling();
  }

  /** Ends the subscription and wakes who pulls it; from any thread. */
  @Override
  public void close() {
    mailbox.add(new Signal.Closed());
    session.abort();
    whenClosed.accept(this);
  }

  private final class Pulling implements Iterator<Delivery> {
    private @Nullable Delivery peeked;

    @Override
    public boolean hasNext() {
      if (peeked == null) peeked = pulled();
      return peeked != null;
    }

    @Override
    public Delivery next() {
      Delivery next = peeked == null ? pulled() : peeked;
      peeked = null;
      if (next == null) throw new NoSuchElementException("the subscription is over");
      return next;
    }

    private @Nullable Delivery pulled() {
      try {
        return Subscription.this.next().orElse(null);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (CancellationException) new CancellationException("interrupted").initCause(e);
      }
    }
  }
}

package dev.freshet.resource;

import dev.freshet.event.Event;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.EventLog;
import dev.freshet.log.LogException;
import dev.freshet.log.TopicState;
import dev.freshet.state.Changes;
import dev.freshet.state.StateStore;
import dev.freshet.state.WriteOptions;
import dev.freshet.view.NativeRepresentation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One resource while it is watched: the thread that loads it, and who watches. */
final class Feeding {
  private static final Logger LOG = LoggerFactory.getLogger(Feeding.class);

  private final Resource resource;
  private final EventLog log;
  private final StateStore states;
  private final InstantSource clock;
  private final Consumer<Feeding> whenOver;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock; times are System.nanoTime's.
  private int watchers = 1;
  private boolean over;
  private boolean stopped;
  private boolean backingOff;
  private long due = System.nanoTime();
  private long idle;
  private CompletableFuture<Void> ready = new CompletableFuture<>();

  // The thread's own.
  private @Nullable Feeding predecessor;
  private Optional<Loaded.Value> before = Optional.empty();
  private @Nullable String staleSince;
  private int failures;

  /** What a stale document's viewers are told. */
  private record Stale(String since, String code, String retryAt) {}

  private record Fresh(String since) {}

  private Feeding(
      Resource resource,
      @Nullable Feeding predecessor,
      EventLog log,
      StateStore states,
      InstantSource clock,
      Consumer<Feeding> whenOver) {
    this.predecessor = predecessor;
    this.resource = resource;
    this.log = log;
    this.states = states;
    this.clock = clock;
    this.whenOver = whenOver;
    this.thread = Thread.ofVirtual().name("resource " + resource.topic()).unstarted(this::run);
  }

  /**
   * Begins with one watcher.
   *
   * @param predecessor one of the same topic that may still be finishing
   */
  static Feeding begin(
      Resource resource,
      @Nullable Feeding predecessor,
      EventLog log,
      StateStore states,
      InstantSource clock,
      Consumer<Feeding> whenOver) {
    Feeding feeding = new Feeding(resource, predecessor, log, states, clock, whenOver);
    feeding.thread.start();
    return feeding;
  }

  /** One more watches; false if it is over, and another feeding is to begin. */
  boolean enter() {
    lock.lock();
    try {
      if (over) return false;
      boolean late = due - System.nanoTime() <= 0;
      if (watchers++ == 0 && late && ready.isDone()) ready = new CompletableFuture<>();
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Makes a load due, but none that is backed off; what is ready when it is done. */
  CompletableFuture<Void> hurry() {
    lock.lock();
    try {
      if (over || backingOff) return ready;
      if (ready.isDone()) ready = new CompletableFuture<>();
      due = System.nanoTime();
      changed.signalAll();
      return ready;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      watchers--;
      idle = System.nanoTime();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  CompletableFuture<Void> ready() {
    lock.lock();
    try {
      return ready;
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
  }

  private void run() {
    try {
      if (predecessor != null) predecessor.thread.join();
      predecessor = null;
      if (begin()) {
        while (awaitTurn() && load()) {
          // Until it has ended, or nobody watches.
        }
      }
    } catch (InterruptedException closed) {
      // The library closes.
    } catch (RuntimeException failed) {
      LOG.error("resource '{}' is not loaded any more", topic(), failed);
    } finally {
      finish();
    }
  }

  /** Finds what an earlier feeding left; false if the topic has ended. */
  private boolean begin() {
    Optional<TopicState> held = states.get(topic());
    before =
        held.flatMap(state -> Optional.ofNullable(state.value()))
            .map(value -> new Loaded.Value(value.node(), Optional.empty(), false));
    if (held.filter(TopicState::ended).isPresent()) {
      answer(before.isPresent() ? null : notFound());
      return false;
    }
    Filter markers =
        new Filter(
            List.of(TopicPattern.of(topic().path())), Set.of(Resources.STALE, Resources.FRESH));
    log.last(markers, Long.MAX_VALUE, 1).stream()
        .map(recorded -> recorded.event())
        .filter(event -> event.type().equals(Resources.STALE))
        .forEach(event -> staleSince = event.data().node().path("since").asString());
    return true;
  }

  /**
   * Waits until somebody watches and a load is due; false if nobody has watched for the linger, or
   * the library closes.
   */
  private boolean awaitTurn() throws InterruptedException {
    lock.lock();
    try {
      while (!stopped) {
        long now = System.nanoTime();
        long until = watchers > 0 ? due : idle + resource.pace().linger().toNanos();
        if (until - now <= 0) {
          over = watchers == 0;
          return !over;
        }
        long unused = changed.awaitNanos(until - now);
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** False if the topic has ended. */
  private boolean load() throws InterruptedException {
    try {
      boolean goesOn = settle(resource.loader().load(before));
      failures = 0;
      next(resource.pace().interval(), null);
      return goesOn;
    } catch (InterruptedException closed) {
      throw closed;
    } catch (LogException.TopicEnded | LogException.Closed ended) {
      return false;
    } catch (Exception failure) {
      if (Thread.interrupted()) throw new InterruptedException();
      failed(LoadException.from(failure));
      return true;
    }
  }

  private boolean settle(Loaded loaded) {
    return switch (loaded) {
      case Loaded.Value value -> {
        put(value);
        yield !value.terminal();
      }
      case Loaded.Unchanged(boolean terminal) -> {
        Loaded.Value same =
            before.orElseThrow(() ->
                new IllegalStateException("the loader says 'unchanged', but nothing was loaded"));
        put(terminal ? same.ending() : same);
        yield !terminal;
      }
      case Loaded.Gone() -> {
        gone();
        yield false;
      }
    };
  }

  private void put(Loaded.Value value) {
    WriteOptions options = value.terminal() ? WriteOptions.NONE.ending() : WriteOptions.NONE;
    commit(changes -> changes.put(topic(), value.value(), options));
    before = Optional.of(value);
  }

  /** What was never there leaves no trace, so that anything may be asked for. */
  private void gone() {
    if (before.isPresent()) commit(changes -> changes.delete(topic(), WriteOptions.NONE.ending()));
    answer(notFound());
  }

  private LoadException notFound() {
    return new LoadException(LoadException.NOT_FOUND, "there is no '" + topic() + "'");
  }

  /** What a load that succeeded changes: that the document is fresh comes first. */
  private void commit(Consumer<Changes> work) {
    boolean wasStale = staleSince != null;
    Instant now = clock.instant();
    states.commit(changes -> {
      if (wasStale) changes.publish(event(Resources.FRESH, now, new Fresh(text(now))));
      work.accept(changes);
    });
    staleSince = null;
  }

  private void failed(LoadException failure) {
    failures++;
    Duration delay = resource.pace().backoff(failures, failure.retryAfter());
    Instant now = clock.instant();
    LOG.debug("resource '{}' could not be loaded; again in {}", topic(), delay, failure);
    String since = staleSince == null ? text(now) : staleSince;
    try {
      Stale stale = new Stale(since, failure.code(), text(now.plus(delay)));
      states.commit(changes -> changes.publish(event(Resources.STALE, now, stale)));
      staleSince = since;
    } catch (LogException unwritten) {
      LOG.warn("that resource '{}' is stale could not be published", topic(), unwritten);
    }
    next(delay, failure);
  }

  private void next(Duration delay, @Nullable LoadException failure) {
    lock.lock();
    try {
      due = System.nanoTime() + delay.toNanos();
      backingOff = failure != null;
    } finally {
      lock.unlock();
    }
    answer(failure);
  }

  private void answer(@Nullable LoadException failure) {
    CompletableFuture<Void> waiting = ready();
    if (failure == null) waiting.complete(null);
    else waiting.completeExceptionally(failure);
  }

  private void finish() {
    lock.lock();
    try {
      over = true;
    } finally {
      lock.unlock();
    }
    if (!resource.kept()) remove();
    whenOver.accept(this);
    answer(
        new LoadException(LoadException.LOAD_FAILED, "'" + topic() + "' is not loaded any more"));
  }

  private void remove() {
    try {
      boolean ended = states.get(topic()).filter(TopicState::ended).isPresent();
      if (!ended) states.delete(topic(), WriteOptions.NONE);
    } catch (LogException failed) {
      LOG.debug("resource '{}' could not be removed", topic(), failed);
    }
  }

  private Topic topic() {
    return resource.topic();
  }

  private Event event(String type, Instant time, Object data) {
    return Event.of(topic(), type, time, Json.from(data));
  }

  private static String text(Instant time) {
    return NativeRepresentation.time(time);
  }
}

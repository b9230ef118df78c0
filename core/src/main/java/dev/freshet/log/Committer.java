package dev.freshet.log;

import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes whatever waits and writes it in one go, so that one sync
 * serves all who wait for it; what arrives meanwhile is the next group. The queue holds at most one
 * piece of work for each thread that appends.
 */
final class Committer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
  private static final long PROBE_MILLIS = 500;

  private final Database database;
  private final Tenants tenants;
  private final InstantSource clock;
  private final BlockingQueue<Work<?>> queue = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofPlatform().name("freshet-commit").unstarted(this::run);
  private volatile boolean closed;

  Committer(Database database, Tenants tenants, InstantSource clock) {
    this.database = database;
    this.tenants = tenants;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  /** Returns when the work is durable. */
  <T> T commit(Work<T> work) {
    if (closed) throw new LogException.Closed();
    queue.add(work);
    if (closed && queue.remove(work)) throw new LogException.Closed();
    return work.await();
  }

  private void run() {
    try (WriteBatch batch = new WriteBatch()) {
      while (!closed || !queue.isEmpty()) {
        Work<?> first = next();
        if (first != null) commit(batch, first);
        else if (!database.writable()) probe();
      }
    }
  }

  private @Nullable Work<?> next() {
    try {
      return queue.poll(PROBE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException closing) {
      return null;
    }
  }

  private void commit(WriteBatch batch, Work<?> first) {
    batch.clear();
    Group group = new Group(batch, clock);
    try {
      Work<?> next = first;
      while (next != null) {
        group.add(next);
        next = group.full() ? null : queue.poll();
      }
      group.write(database);
      group.answer();
    } catch (LogException failure) {
      group.fail(failure);
    } catch (RocksDBException failure) {
      group.fail(database.failed(failure));
    } catch (RuntimeException | Error failure) {
      LOG.error("a group of appends failed", failure);
      group.fail(
          new LogException.StorageFailed("the log could not be written: " + failure, failure));
    }
  }

  /**
   * Finds out whether there is room again when nobody appends, as nobody does while the store says
   * it is full.
   */
  private void probe() {
    try {
      tenants.probe();
    } catch (LogException still) {
      LOG.debug("still: {}", still.getMessage());
    }
  }

  /** Not to be interrupted: what the thread works on is released next. */
  private void awaitEnd() {
    boolean interrupted = Thread.interrupted();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  /** Writes what waits, refuses what comes later, and returns when the thread has ended. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    awaitEnd();
    for (Work<?> late = queue.poll(); late != null; late = queue.poll())
      late.fail(new LogException.Closed());
  }
}

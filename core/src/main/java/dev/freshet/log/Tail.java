package dev.freshet.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a log's events to its followers, on one thread that lives while there are any. A follower
 * is a cursor: it is fed from wherever the log finds what is after it, so that catching up and
 * following live are one thing, and nothing queues up behind a slow one.
 */
final class Tail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** The log, as far as following it goes. */
  interface Source {
    long head();

    /**
     * A part of the log after an offset, not necessarily all of it; empty only if retention removed
     * what was there.
     */
    Slice after(long offset);
  }

  private final String name;
  private final Source source;
  private final List<Cursor> cursors = new CopyOnWriteArrayList<>();
  private volatile @Nullable Thread thread;
  private volatile boolean closed;

  Tail(String name, Source source) {
    this.name = name;
    this.source = source;
  }

  synchronized EventLog.Following follow(long after, EventLog.Follower follower) {
    if (closed) throw new LogException.Closed();
    Cursor cursor = new Cursor(after, follower);
    cursors.add(cursor);
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("freshet-tail-" + name).start(this::run);
    } else {
      wake();
    }
    return cursor;
  }

  boolean followed() {
    return !cursors.isEmpty();
  }

  /** To be called after the head has moved. */
  void wake() {
    LockSupport.unpark(thread);
  }

  @Override
  public synchronized void close() {
    closed = true;
    cursors.clear();
    wake();
  }

  private void run() {
    while (!finished()) {
      boolean moved = false;
      for (Cursor cursor : cursors) {
        moved |= cursor.advance();
      }
      if (!moved && cursors.stream().noneMatch(Cursor::behind)) LockSupport.park(this);
    }
  }

  private synchronized boolean finished() {
    if (!cursors.isEmpty()) return false;
    thread = null;
    return true;
  }

  private final class Cursor implements EventLog.Following {
    private final EventLog.Follower follower;

    /** Owned by the tail's thread once that has begun. */
    private long position;

    Cursor(long after, EventLog.Follower follower) {
      this.position = after;
      this.follower = follower;
    }

    boolean behind() {
      return position < source.head();
    }

    boolean advance() {
      if (!behind()) return false;
      Slice slice;
      try {
        slice = source.after(position);
      } catch (LogException.Closed e) {
        Tail.this.close();
        return false;
      } catch (RuntimeException e) {
        LOG.warn("log '{}' could not be read after offset {}; trying again", name, position, e);
        LockSupport.parkNanos(this, RETRY_NANOS);
        return false;
      }
      position = slice.through();
      if (!slice.events().isEmpty() && cursors.contains(this)) deliver(slice.events());
      return true;
    }

    private void deliver(List<Recorded> events) {
      try {
        follower.appended(events);
      } catch (Throwable e) {
        LOG.error(
            "a follower of log '{}' failed at offset {} and is stopped",
            name,
            events.getFirst().offset(),
            e);
        close();
      }
    }

    @Override
    public void close() {
      cursors.remove(this);
      wake();
    }
  }
}

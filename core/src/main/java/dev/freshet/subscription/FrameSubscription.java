package dev.freshet.subscription;

import dev.freshet.event.Position;
import dev.freshet.view.Cursor;
import dev.freshet.view.Replay;
import dev.freshet.view.Snapshot;
import dev.freshet.view.View;
import dev.freshet.view.Views;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A stream as bytes: opening frames, snapshots or what was missed, then live, each event once and
 * in the order of the log (U1, U2). It owns a cursor and no queue: the connection {@linkplain #next
 * pulls} as fast as its client reads, and a client that stops reading costs nothing more (U5).
 *
 * <p>Confined to one event loop; nothing here blocks.
 */
public final class FrameSubscription {
  private final Views views;
  private final Start start;
  private final View view;
  private final ControlFrames control;
  private final Executor loop;
  private final Runnable onReady;
  private final Executor blocking;
  private final Cursor cursor;

  private @Nullable ByteBuf first;
  private @Nullable Snapshot snapshot;
  private @Nullable Snapshot past;
  private final long limit;
  private boolean loading;
  private boolean live;
  private boolean closed;
  private @Nullable EndReason ending;
  private @Nullable Duration endRetry;
  private @Nullable EndReason ended;
  private int overruns;
  private int lags;

  /**
   * Begins a prepared subscription; on its event loop.
   *
   * @param onReady called on the loop when {@link #next} may have something after it had nothing
   * @param blocking runs what reads the log
   */
  public FrameSubscription(
      Opening opening, ControlFrames control, Executor loop, Runnable onReady, Executor blocking) {
    this.views = opening.views();
    this.start = opening.start();
    this.view = opening.view();
    this.control = control;
    this.loop = loop;
    this.onReady = onReady;
    this.blocking = blocking;
    this.cursor = view.cursor(opening.offset(), loop, onReady);
    this.first = control.open(position(opening.offset()), opening.start());
    this.limit = opening.limit();
    this.past = opening.past();
    begin(opening.snapshot());
    cursor.join();
  }

  private void begin(@Nullable Snapshot taken) {
    snapshot = taken;
    if (taken == null) return;
    cursor.enter(taken);
  }

  /**
   * The next bytes to write, in order; null when there is nothing now. The caller releases them.
   */
  public @Nullable ByteBuf next() {
    if (closed || ended != null) return null;
    ByteBuf opened = first;
    if (opened != null) {
      first = null;
      return opened;
    }
    if (ending != null) return end(ending);
    finishSnapshots();
    long processed = views.processed();
    boolean over = view.endedAt() <= processed;
    return switch (cursor.advance()) {
      case READY -> taken();
      case BEHIND -> behind();
      case CAUGHT_UP -> caughtUp(processed, over);
    };
  }

  private ByteBuf taken() {
    ByteBuf taken = cursor.take(limit - cursor.taken());
    if (cursor.stopped()) end(EndReason.COMPLETED, null);
    else if (cursor.taken() >= limit) end(EndReason.LIMIT, null);
    return taken;
  }

  private @Nullable ByteBuf behind() {
    if (!loading) load();
    return null;
  }

  private @Nullable ByteBuf caughtUp(long processed, boolean over) {
    cursor.seen(processed);
    if (!live) {
      live = true;
      return control.live(position(cursor.offset()));
    }
    return over ? end(EndReason.COMPLETED) : null;
  }

  /** Lets go of a snapshot that was read to its end, and goes on with the past. */
  private void finishSnapshots() {
    for (Snapshot read = snapshot; read != null; read = snapshot) {
      if (cursor.offset() < read.offset()) return;
      cursor.moveTo(read.offset());
      read.release();
      Snapshot following = past;
      past = null;
      begin(following);
    }
  }

  /**
   * A reader that was live has fallen behind: of a state it gets the newest value; one that resumes
   * gets every event.
   */
  private void load() {
    loading = true;
    if (live) lags++;
    view.replay(cursor.offset(), live)
        .whenComplete((replay, failure) -> loop.execute(() -> loaded(replay, failure)));
  }

  private void loaded(@Nullable Replay replay, @Nullable Throwable failure) {
    loading = false;
    if (closed) return;
    if (replay != null) {
      cursor.enter(replay);
      onReady.run();
    } else if (failure != null && Opening.truncated(failure)) {
      overrun();
    } else {
      end(EndReason.DRAIN, control.retry());
      onReady.run();
    }
  }

  private void overrun() {
    loading = true;
    overruns++;
    blocking.execute(() -> {
      Opening again;
      try {
        again = Opening.overrun(views, view);
      } catch (RuntimeException failed) {
        loop.execute(() -> loaded(null, failed));
        return;
      }
      loop.execute(() -> restart(again));
    });
  }

  private void restart(Opening again) {
    loading = false;
    Snapshot taken = again.snapshot();
    if (closed) {
      if (taken != null) taken.release();
      return;
    }
    live = false;
    first = control.reset(again.start());
    begin(taken);
    onReady.run();
  }

  /**
   * Ends the stream: {@link #next} gives the end frame and then nothing more.
   *
   * @param retry another reconnection time for this client; null to keep what it was told
   */
  public void end(EndReason reason, @Nullable Duration retry) {
    if (ending != null || ended != null) return;
    ending = reason;
    endRetry = retry;
  }

  private ByteBuf end(EndReason reason) {
    ended = reason;
    boolean partial = snapshot != null || (!start.resumed() && !live);
    return control.end(partial ? null : position(cursor.offset()), reason, endRetry);
  }

  /**
   * A heartbeat with the position up to which the log was seen (U4); null while there is something
   * else to say.
   */
  public @Nullable ByteBuf heartbeat(Instant now) {
    if (closed || ended != null || ending != null || !live || first != null) return null;
    long processed = views.processed();
    if (cursor.advance() != Cursor.State.CAUGHT_UP) return null;
    cursor.seen(processed);
    return control.heartbeat(position(cursor.offset()), now);
  }

  /**
   * Up to which offset everything was handed out; -1 before the snapshots, or what was missed, are
   * through.
   */
  public long through() {
    return live ? cursor.offset() : -1;
  }

  /** How far this subscriber is behind what the log has published, in events of the whole log. */
  public long lag() {
    return Math.max(0, views.processed() - cursor.offset());
  }

  /** How many events and states were handed out. */
  public long delivered() {
    return cursor.taken();
  }

  /** Why the stream has ended; null while it has not. */
  public @Nullable EndReason ended() {
    return ended;
  }

  public Start start() {
    return start;
  }

  /** How often it fell out of the shared pages. */
  public int lags() {
    return lags;
  }

  /** How often it fell out of retention. */
  public int overruns() {
    return overruns;
  }

  private Position position(long offset) {
    return new Position(views.log().epoch(), offset);
  }

  /** Leaves the view; on the event loop. */
  public void close() {
    if (closed) return;
    closed = true;
    cursor.leave();
    if (first != null) first.release();
    if (snapshot != null) snapshot.release();
    if (past != null) past.release();
    views.release(view);
  }
}

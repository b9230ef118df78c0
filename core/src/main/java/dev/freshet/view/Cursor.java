package dev.freshet.view;

import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place in a view: a page, an index in it and the log offset that has been read. It owns no queue
 * and no page (U5). Confined to the event loop it was made for.
 */
public final class Cursor {
  /** What {@link #advance} found. */
  public enum State {
    /** There are frames to {@link #take}. */
    READY,
    /** Everything that the view has published was taken. */
    CAUGHT_UP,
    /**
     * The window has gone on without this reader: its frames are in the log; see {@link
     * View#replay}.
     */
    BEHIND
  }

  static final long BEFORE_SNAPSHOT = -1;

  private final View view;
  private final Runnable onGrowth;
  private final Readers readers;
  int slot = -1;

  private long offset;
  private @Nullable Page page;
  private int frame;
  private int index;
  private long taken;
  private boolean stopped;

  Cursor(View view, long offset, Readers readers, Runnable onGrowth) {
    this.view = view;
    this.offset = offset;
    this.readers = readers;
    this.onGrowth = onGrowth;
  }

  /** Up to where this reader has seen the log. */
  public long offset() {
    return offset;
  }

  /** How many frames were taken. */
  public long taken() {
    return taken;
  }

  /** Finds the next frames without taking them. */
  public State advance() {
    Head head = view.head();
    while (true) {
      Page current = page;
      if (current == null || current.dropped()) return locate(head);
      boolean live = current == head.last();
      if (index < (live ? head.index() : current.end())) return State.READY;
      if (live) return State.CAUGHT_UP;
      offset = Math.max(offset, current.through());
      page = current.next();
      frame = 0;
      index = 0;
    }
  }

  private State locate(Head head) {
    page = null;
    if (offset < head.start()) return State.BEHIND;
    if (offset > view.fed()) return State.CAUGHT_UP;
    for (Page at = head.first(); at != null; at = at.next()) {
      boolean live = at == head.last();
      int frames = live ? head.frames() : at.count();
      int read = at.framesThrough(offset, frames);
      if (read < frames) {
        stand(at, read);
        return State.READY;
      }
      if (live) break;
    }
    return State.CAUGHT_UP;
  }

  /**
   * The frames from here to the end of the page, of what is published, or to this reader's last:
   * one slice of shared memory, not a copy. The caller releases it. Only after {@link #advance}
   * said {@link State#READY}, in the same task.
   *
   * @param most no more than so many frames; at least one
   */
  public ByteBuf take(long most) {
    Page current = Objects.requireNonNull(page);
    Head head = view.head();
    boolean live = current == head.last();
    int frames = live ? head.frames() : current.count();
    int stop = current.stop(frame, frames);
    int upTo = stop < 0 ? frames : stop;
    if (upTo - frame > most) upTo = frame + (int) most;
    stopped = upTo == stop;
    if (upTo < frames)
      return take(current, upTo, current.indexBehind(upTo), current.offsetOf(upTo - 1));
    int end = live ? head.index() : current.end();
    return take(current, frames, end, live ? head.offset() : current.through());
  }

  /** Whether what was taken last was the end of what this reader is sent. */
  public boolean stopped() {
    return stopped;
  }

  private ByteBuf take(Page current, int frames, int end, long through) {
    ByteBuf slice = current.bytes.retainedSlice(index, end - index);
    taken += frames - frame;
    frame = frames;
    index = end;
    offset = Math.max(offset, through);
    return slice;
  }

  /** Begins a snapshot; {@link #offset} reaches the snapshot's when the last of it was taken. */
  public void enter(Snapshot snapshot) {
    offset = BEFORE_SNAPSHOT;
    enter(snapshot.pages());
  }

  /** Goes on in replayed pages; where they end it looks for the live ones. */
  public void enter(Replay replay) {
    Page at = replay.first();
    while (at != null && at.through() <= offset) at = at.next();
    if (at == null) {
      page = null;
      offset = Math.max(offset, replay.through());
    } else {
      stand(at, at.framesThrough(offset, at.count()));
    }
  }

  private void stand(Page at, int read) {
    page = at;
    frame = read;
    index = at.indexBehind(read);
  }

  /**
   * Takes note that the log was seen up to {@code processed}, read before {@link #advance} said
   * CAUGHT_UP (U4).
   */
  public void seen(long processed) {
    offset = Math.max(offset, processed);
  }

  /** Begins again at another offset, as after a snapshot. */
  public void moveTo(long newOffset) {
    page = null;
    offset = newOffset;
  }

  void wake() {
    onGrowth.run();
  }

  /** Joins the readers that are woken when the view grows; on the event loop. */
  public void join() {
    readers.add(this);
  }

  /** Leaves them; on the event loop. */
  public void leave() {
    readers.remove(this);
    page = null;
  }
}

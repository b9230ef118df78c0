package dev.freshet.view;

import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.Recorded;
import dev.freshet.log.TopicState;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/**
 * The part of a tenant's log that one scope selects, in one wire form, encoded once for everybody
 * who sees the same (DESIGN §5). It holds pages only while something is pending; readers are {@link
 * Cursor}s.
 *
 * <p>Fed by one thread, in the order of the log. Thread-safe for readers.
 */
public final class View {
  static final long NEVER = Long.MAX_VALUE;

  private final Views views;
  private final Scope scope;
  private final Representation representation;
  private final Replays replays;
  private final CopyOnWriteArrayList<Runnable> waiting = new CopyOnWriteArrayList<>();
  private final Set<Topic> open = ConcurrentHashMap.newKeySet(1);

  private volatile Readers[] readers = {};
  private volatile Head head;
  private volatile long endedAt = NEVER;
  private long lastEnd;

  // Owned by the feeding thread, under the lock of Views.
  private final PageWriter writer;
  private long lastOffset;
  private boolean touched;
  private long touchedAt;
  int references;
  long releasedAt;

  View(Views views, Scope scope, Representation representation, long offset) {
    this.views = views;
    this.scope = scope;
    this.representation = representation;
    this.replays = new Replays(views, this);
    this.writer = new PageWriter(views.settings().page());
    this.lastOffset = offset;
    this.head = Head.empty(offset);
  }

  public Scope scope() {
    return scope;
  }

  public Representation representation() {
    return representation;
  }

  Head head() {
    return head;
  }

  /** Up to where the log has been fed to the views. */
  long fed() {
    return views.processed();
  }

  /**
   * The offset at which every topic of this view has ended; {@link Long#MAX_VALUE} while one may
   * still speak (U7).
   */
  public long endedAt() {
    return endedAt;
  }

  /**
   * A cursor after {@code offset}, for use on {@code loop} only; {@code onGrowth} runs there when
   * the view grows.
   */
  public Cursor cursor(long offset, Executor loop, Runnable onGrowth) {
    return new Cursor(this, offset, views.readers(this, loop), onGrowth);
  }

  /** Calls back, on the feeding thread, whenever the view grows; the callback must not block. */
  public Watch onGrowth(Runnable callback) {
    waiting.add(callback);
    return () -> waiting.remove(callback);
  }

  /** A registration of {@link #onGrowth}. */
  @FunctionalInterface
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Frames after {@code after} from the log, for a cursor that is BEHIND; shared among those who
   * ask for the same.
   */
  public CompletionStage<Replay> replay(long after, boolean conflate) {
    return replays.load(after, conflate);
  }

  /** Matching states as frames, at one position (U1). Blocks while it reads the log. */
  public Snapshot snapshot() {
    return snapshot(0);
  }

  /** As above, at an offset or a later one: one that others were given lately may be earlier. */
  public Snapshot snapshot(long atLeast) {
    return replays.snapshot(atLeast);
  }

  /**
   * Events of the past as frames without ids, to be read between a snapshot at {@code offset} and
   * what follows it. For one reader.
   *
   * @param events that this view shows, ascending, none after {@code offset}
   */
  public Snapshot history(List<Recorded> events, long offset) {
    return ReplayLoader.history(views, this, events, offset);
  }

  /** Feeds one event; under the lock of Views. */
  void feed(Recorded recorded, FrameEncoder encoder) {
    if (!scope.matches(recorded.event())) {
      trackEnd(recorded);
      return;
    }
    touched = true;
    ByteBuf frame = encoder.event(representation, recorded);
    if (frame != null) {
      writer.add(lastOffset, recorded.offset(), frame, encoder.last());
      lastOffset = recorded.offset();
    }
    trackEnd(recorded);
  }

  /** Begins anew behind a gap; readers before it find themselves BEHIND. */
  List<Page> skipTo(long offset) {
    lastOffset = offset;
    touched = true;
    return writer.clear();
  }

  private void trackEnd(Recorded recorded) {
    if (recorded.event().end() && ended(recorded.event().topic(), recorded.offset()))
      touched = true;
  }

  /** Notes that a topic has ended; true if it was the last that was open. */
  private synchronized boolean ended(Topic topic, long offset) {
    if (!open.remove(topic)) return false;
    lastEnd = Math.max(lastEnd, offset);
    if (open.isEmpty()) endedAt = lastEnd;
    return open.isEmpty();
  }

  /** Makes what was fed visible; returns pages that fell out of the window. */
  List<Page> publish(long nanoTime) {
    if (!touched) return List.of();
    touched = false;
    touchedAt = nanoTime;
    List<Page> dropped = writer.shrink(views.settings().window());
    Page last = writer.last();
    head =
        last == null
            ? Head.empty(lastOffset)
            : new Head(writer.first(), last, last.end(), last.count(), lastOffset);
    return dropped;
  }

  /**
   * Gives up pages that nobody has added to for a while; who has not read them yet reads the log.
   */
  List<Page> sweep(long nanoTime) {
    replays.sweep(nanoTime);
    if (writer.last() == null || nanoTime - touchedAt < views.settings().idle().toNanos())
      return List.of();
    head = Head.empty(lastOffset);
    return writer.clear();
  }

  List<Page> clear() {
    replays.clear();
    head = Head.empty(lastOffset);
    return writer.clear();
  }

  boolean holdsPages() {
    return writer.last() != null || replays.holdsPages();
  }

  void wakeReaders(Set<LoopWaker> wakers) {
    for (Readers group : readers) {
      group.waker.add(group);
      wakers.add(group.waker);
    }
    for (Runnable callback : waiting) callback.run();
  }

  /** The readers on one loop; under the lock of Views. */
  Readers readersOn(LoopWaker waker) {
    for (Readers group : readers) {
      if (group.waker == waker) return group;
    }
    Readers[] grown = java.util.Arrays.copyOf(readers, readers.length + 1);
    Readers added = new Readers(waker);
    grown[readers.length] = added;
    readers = grown;
    return added;
  }

  /**
   * Topics that may still speak, so that the end of the last one is seen; before the view is fed.
   */
  void watchEnds() {
    if (!scope.filter().exact()) return;
    for (TopicPattern pattern : scope.filter().patterns()) open.add(new Topic(pattern.path()));
  }

  /** Takes note of topics that had ended before; after the view began to be fed. Blocks. */
  void findEnds() {
    for (Topic topic : List.copyOf(open)) {
      if (!scope.permits(topic)) continue;
      views
          .log()
          .state(topic)
          .filter(TopicState::ended)
          .ifPresent(state -> ended(topic, state.offset()));
    }
  }
}

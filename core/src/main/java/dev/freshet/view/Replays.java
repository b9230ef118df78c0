package dev.freshet.view;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of one view's history, read from the log and encoded once for all who are behind at about
 * the same place: ten thousand clients that reconnect read the same few. A block covers the log
 * from its start, so it serves every later offset inside it; a reader waits for one that is being
 * made rather than making its own.
 */
final class Replays {
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long SHARED_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MOST_BLOCKS = 64;

  private final Views views;
  private final View view;
  private final NavigableMap<Long, Block> blocks = new TreeMap<>();
  private final NavigableMap<Long, Block> conflated = new TreeMap<>();
  private @Nullable Snapshot recent;
  private long recentAt;

  Replays(Views views, View view) {
    this.views = views;
    this.view = view;
  }

  /**
   * Frames after an offset. Conflated or not, a block without changes of state is the same and
   * shared; so readers of plain events never cost a block each.
   */
  CompletionStage<Replay> load(long after, boolean conflate) {
    CompletionStage<Replay> shared = block(blocks, after, false);
    if (!conflate) return shared;
    return shared.thenCompose(replay -> replay.changes() ? block(conflated, after, true) : shared);
  }

  private CompletionStage<Replay> block(
      NavigableMap<Long, Block> cache, long after, boolean conflate) {
    Block block;
    synchronized (this) {
      Map.Entry<Long, Block> near = conflate ? exact(cache, after) : cache.floorEntry(after);
      if (near != null && !near.getValue().replay.isDone()) {
        CompletableFuture<Replay> awaited = near.getValue().replay;
        return awaited.thenCompose(
            made -> made.through() > after ? awaited : block(cache, after, conflate));
      }
      if (near != null && near.getValue().covers(after)) return near.getValue().replay;
      if (cache.size() >= MOST_BLOCKS) evictOldest(cache);
      block = new Block(System.nanoTime());
      Block replaced = cache.put(after, block);
      if (replaced != null) dispose(replaced);
    }
    views.holding(view);
    views.load(block.replay, () -> ReplayLoader.load(views, view, after, conflate));
    return block.replay;
  }

  /** What was conflated from one offset holds for no other. */
  private static Map.@Nullable Entry<Long, Block> exact(
      NavigableMap<Long, Block> cache, long after) {
    Map.Entry<Long, Block> near = cache.floorEntry(after);
    return near != null && near.getKey() == after ? near : null;
  }

  private void evictOldest(NavigableMap<Long, Block> cache) {
    Long oldest = null;
    long madeAt = Long.MAX_VALUE;
    for (Map.Entry<Long, Block> entry : cache.entrySet()) {
      if (entry.getValue().madeAt >= madeAt) continue;
      oldest = entry.getKey();
      madeAt = entry.getValue().madeAt;
    }
    Block evicted = oldest == null ? null : cache.remove(oldest);
    if (evicted != null) dispose(evicted);
  }

  private void dispose(Block block) {
    var unused = block.replay.thenAccept(replay -> views.reclaim(drop(replay)));
  }

  private static List<Page> drop(Replay replay) {
    List<Page> dropped = new ArrayList<>();
    for (Page page = replay.first(); page != null; page = page.next()) {
      page.drop();
      dropped.add(page);
    }
    return dropped;
  }

  Snapshot snapshot(long atLeast) {
    synchronized (this) {
      Snapshot shared = recent;
      if (shared != null && usable(shared, atLeast) && shared.retain()) return shared;
    }
    Snapshot made = ReplayLoader.snapshot(views, view);
    synchronized (this) {
      if (recent != null) recent.release();
      made.retain();
      recent = made;
      recentAt = System.nanoTime();
    }
    views.holding(view);
    return made;
  }

  /**
   * Whether what followed the snapshot is still to be had, from the pages or from a log not far
   * ahead.
   */
  private boolean usable(Snapshot shared, long atLeast) {
    long oldest = Math.max(atLeast, views.log().start(view.scope().filter()).offset());
    return shared.offset() >= oldest && System.nanoTime() - recentAt < SHARED_NANOS;
  }

  synchronized void sweep(long nanoTime) {
    expire(blocks, nanoTime);
    expire(conflated, nanoTime);
    if (recent != null && nanoTime - recentAt > views.settings().idle().toNanos()) {
      recent.release();
      recent = null;
    }
  }

  private void expire(NavigableMap<Long, Block> cache, long nanoTime) {
    for (Iterator<Block> each = cache.values().iterator(); each.hasNext(); ) {
      Block block = each.next();
      if (nanoTime - block.madeAt < KEPT_NANOS || !block.replay.isDone()) continue;
      each.remove();
      dispose(block);
    }
  }

  synchronized void clear() {
    for (Block block : blocks.values()) dispose(block);
    for (Block block : conflated.values()) dispose(block);
    blocks.clear();
    conflated.clear();
    if (recent != null) recent.release();
    recent = null;
  }

  synchronized boolean holdsPages() {
    return !blocks.isEmpty() || !conflated.isEmpty() || recent != null;
  }

  private static final class Block {
    final CompletableFuture<Replay> replay = new CompletableFuture<>();
    final long madeAt;

    Block(long madeAt) {
      this.madeAt = madeAt;
    }

    boolean covers(long after) {
      return !replay.isCompletedExceptionally() && replay.join().through() > after;
    }
  }
}

package dev.freshet.view;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills a chain of pages, which begins small and doubles, so that a view with little to say holds
 * little.
 */
final class PageWriter {
  private static final int SMALLEST = 512;

  private final int largest;
  private final Deque<Page> pages = new ArrayDeque<>();
  private int capacity = SMALLEST;
  private long held;

  PageWriter(int largest) {
    this.largest = largest;
  }

  /**
   * Adds a frame behind {@code previous}, the offset up to which the chain is complete without it.
   *
   * @param stop whether readers end behind it
   */
  void add(long previous, long offset, ByteBuf frame, boolean stop) {
    Page last = pages.peekLast();
    if (last == null || !last.fits(frame)) last = grow(last, previous, frame.readableBytes());
    last.add(offset, frame, stop);
  }

  private Page grow(@Nullable Page last, long previous, int needed) {
    int size = Math.max(capacity, needed);
    capacity = Math.min(largest, capacity * 4);
    Page page =
        new Page(
            last == null ? previous : last.through(),
            PooledByteBufAllocator.DEFAULT.directBuffer(size, size));
    if (last != null) last.seal(last.through(), page);
    pages.add(page);
    held += size;
    return page;
  }

  @Nullable Page first() {
    return pages.peekFirst();
  }

  @Nullable Page last() {
    return pages.peekLast();
  }

  long held() {
    return held;
  }

  /** Drops the oldest pages until no more than {@code bytes} are held; never the last. */
  List<Page> shrink(long bytes) {
    List<Page> dropped = new ArrayList<>(0);
    while (held > bytes && pages.size() > 1) drop(dropped);
    return dropped;
  }

  /** Drops every page. */
  List<Page> clear() {
    List<Page> dropped = new ArrayList<>(pages.size());
    while (!pages.isEmpty()) drop(dropped);
    capacity = SMALLEST;
    return dropped;
  }

  private void drop(List<Page> dropped) {
    Page page = pages.removeFirst();
    held -= page.bytes.capacity();
    page.drop();
    dropped.add(page);
  }
}

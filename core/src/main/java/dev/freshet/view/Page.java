package dev.freshet.view;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encoded frames in direct memory, shared by every cursor that reads them. One thread writes, any
 * event loop reads what has been published to it: a live page through the view's {@link Head}, a
 * sealed page by being handed over.
 *
 * <p>Pages are a cache of the log and nothing more. A dropped page makes its readers look again
 * from their offset; its memory is given back when every event loop has passed a point at which it
 * can hold no pointer into it.
 */
final class Page {
  private static final int[] NO_STOPS = {};

  /** Readers see frames that match and stand after this offset. */
  final long start;

  final ByteBuf bytes;

  /**
   * The offset of each frame and the index behind it; grown by the writer, so a reader's copy may
   * be longer.
   */
  private volatile long[] offsets = new long[4];

  private volatile int[] ends = new int[4];

  /** How many frames there are up to each that its readers end behind; on most pages none. */
  private volatile int[] stops = NO_STOPS;

  private int count;
  private int end;

  private long through;
  private volatile boolean sealed;
  private volatile @Nullable Page next;
  private volatile boolean dropped;

  Page(long start, ByteBuf bytes) {
    this.start = start;
    this.through = start;
    this.bytes = bytes;
  }

  boolean fits(ByteBuf frame) {
    return bytes.writableBytes() >= frame.readableBytes();
  }

  void add(long offset, ByteBuf frame, boolean stop) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    bytes.writeBytes(frame);
    offsets[count] = offset;
    end = bytes.writerIndex();
    ends[count] = end;
    count++;
    through = offset;
    if (stop) addStop();
  }

  private void addStop() {
    int[] more = Arrays.copyOf(stops, stops.length + 1);
    more[stops.length] = count;
    stops = more;
  }

  /**
   * How many frames there are up to the first one past {@code read} that readers end behind; -1 if
   * none of the first {@code frames} is such a one.
   */
  int stop(int read, int frames) {
    for (int stop : stops) {
      if (stop > read) return stop <= frames ? stop : -1;
    }
    return -1;
  }

  /** Ends the page: it covers the log up to {@code through}, and {@code next} follows. */
  void seal(long through, @Nullable Page next) {
    this.through = through;
    this.next = next;
    this.sealed = true;
  }

  void drop() {
    dropped = true;
  }

  int count() {
    return count;
  }

  /** The index behind the last frame. */
  int end() {
    return end;
  }

  /** How far a sealed page covers the log. */
  long through() {
    return through;
  }

  boolean sealed() {
    return sealed;
  }

  @Nullable Page next() {
    return next;
  }

  boolean dropped() {
    return dropped;
  }

  /** How many of the first {@code frames} frames stand at or before {@code offset}. */
  int framesThrough(long offset, int frames) {
    long[] sorted = offsets;
    int found = Arrays.binarySearch(sorted, 0, frames, offset);
    int through = found >= 0 ? found + 1 : -found - 1;
    while (through < frames && sorted[through] == offset) through++;
    return through;
  }

  long offsetOf(int frame) {
    return offsets[frame];
  }

  /** The index behind the first {@code frames} frames. */
  int indexBehind(int frames) {
    return frames == 0 ? 0 : ends[frames - 1];
  }
}

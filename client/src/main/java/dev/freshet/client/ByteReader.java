package dev.freshet.client;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Frames from the chunks of one connection, and when the last of them came. */
final class ByteReader {
  private final SseParser parser;
  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
  private long lastByte;

  ByteReader(int maxFrameBytes, long now) {
    parser = new SseParser(maxFrameBytes);
    lastByte = now;
  }

  void add(List<ByteBuffer> chunk, long now) {
    buffers.addAll(chunk);
    lastByte = now;
  }

  long lastByte() {
    return lastByte;
  }

  OptionalLong retryMillis() {
    return parser.retryMillis();
  }

  /** The next frame of what has come; null when it is used up. */
  @Nullable SseFrame next() {
    while (!buffers.isEmpty()) {
      SseFrame frame = parser.next(buffers.element());
      if (frame != null) return frame;
      buffers.remove();
    }
    return null;
  }
}

package dev.freshet.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to frames (WHATWG HTML §9.2.6), however the bytes are cut. Pulled: it reads no further than
 * to the end of a frame, so it needs no queue. Holds at most one frame and no more than its bound.
 * A frame without data is dropped. Not thread-safe.
 */
final class SseParser {
  private static final int MAX_RETRY_DIGITS = 15;

  private final int maxBytes;
  private final StringBuilder data = new StringBuilder();
  private byte[] line = new byte[256];
  private int lineLength;
  private int heldBytes;
  private boolean firstLine = true;
  private boolean afterCr;
  private boolean hasData;
  private String type = "";
  private @Nullable String id;
  private OptionalLong retry = OptionalLong.empty();

  /**
   * @param maxBytes bound of one frame: of its fields and the line being read
   */
  SseParser(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Milliseconds of the last valid {@code retry:} field so far. */
  OptionalLong retryMillis() {
    return retry;
  }

  /**
   * The next frame that these bytes complete, or null when they are used up.
   *
   * @throws FrameTooLargeException once; the parser is of no use afterwards
   */
  @Nullable SseFrame next(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      byte b = bytes.get();
      boolean secondOfCrLf = afterCr && b == '\n';
      afterCr = b == '\r';
      if (secondOfCrLf) continue;
      if (!afterCr && b != '\n') {
        append(b);
      } else {
        SseFrame frame = endLine();
        if (frame != null) return frame;
      }
    }
    return null;
  }

  private void append(byte b) {
    if (heldBytes + lineLength >= maxBytes) throw new FrameTooLargeException(maxBytes);
    if (lineLength == line.length) line = Arrays.copyOf(line, lineLength * 2);
    line[lineLength++] = b;
  }

  private @Nullable SseFrame endLine() {
    int start = firstLine && startsWithMark() ? 3 : 0;
    firstLine = false;
    int length = lineLength;
    lineLength = 0;
    if (length == start) return dispatch();
    field(start, length);
    return null;
  }

  private boolean startsWithMark() {
    return lineLength >= 3
        && line[0] == (byte) 0xEF
        && line[1] == (byte) 0xBB
        && line[2] == (byte) 0xBF;
  }

  private void field(int start, int end) {
    int colon = start;
    while (colon < end && line[colon] != ':') colon++;
    int from = colon + 1 < end && line[colon + 1] == ' ' ? colon + 2 : Math.min(colon + 1, end);
    switch (text(start, colon)) {
      case "data" -> data(from, end);
      case "event" -> type = kept(from, end);
      case "id" -> id(kept(from, end));
      case "retry" -> retry(text(from, end));
      default -> {}
    }
  }

  private void data(int from, int end) {
    hasData = true;
    data.append(kept(from, end)).append('\n');
    heldBytes++;
  }

  private void id(String value) {
    if (value.indexOf('\0') < 0) id = value;
  }

  private void retry(String value) {
    boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    if (digits && value.length() <= MAX_RETRY_DIGITS) {
      retry = OptionalLong.of(Long.parseLong(value));
    }
  }

  private String kept(int from, int end) {
    heldBytes += end - from;
    return text(from, end);
  }

  private String text(int from, int end) {
    return new String(line, from, end - from, StandardCharsets.UTF_8);
  }

  private @Nullable SseFrame dispatch() {
    SseFrame frame = null;
    if (hasData) {
      data.setLength(data.length() - 1);
      frame = new SseFrame(type.isEmpty() ? "message" : type, id, data.toString());
    }
    data.setLength(0);
    hasData = false;
    heldBytes = 0;
    type = "";
    id = null;
    return frame;
  }
}

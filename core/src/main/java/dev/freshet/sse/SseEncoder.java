package dev.freshet.sse;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes Server-Sent Events frames (WHATWG HTML §9.2) with LF line ends. Data and comments are
 * split at CR, LF and CRLF alike, so that nothing in them can begin a field of its own (A5).
 * Stateless.
 */
public final class SseEncoder {
  private static final byte[] EVENT = ascii("event: ");
  private static final byte[] ID = ascii("id: ");
  private static final byte[] DATA = ascii("data: ");
  private static final byte[] COMMENT = ascii(": ");
  private static final byte[] RETRY = ascii("retry: ");

  private SseEncoder() {}

  /**
   * One event. The type and the id may hold no CR, LF or NUL; the caller has checked them at
   * publish.
   *
   * @param type empty for an event without a name
   * @param id null for a frame that does not move the client's position
   */
  public static void event(ByteBuf out, String type, @Nullable String id, byte[] data) {
    if (!type.isEmpty()) {
      out.writeBytes(EVENT);
      out.writeCharSequence(type, StandardCharsets.UTF_8);
      out.writeByte('\n');
    }
    id(out, id);
    lines(out, DATA, data);
    out.writeByte('\n');
  }

  private static void id(ByteBuf out, @Nullable String id) {
    if (id == null) return;
    out.writeBytes(ID);
    out.writeCharSequence(id, StandardCharsets.US_ASCII);
    out.writeByte('\n');
  }

  /** A comment, which parsers skip; it shows proxies and watchdogs that the stream lives. */
  public static void comment(ByteBuf out, String text) {
    comment(out, text, null);
  }

  /**
   * A comment that moves the client's position, for those who keep an id that comes without data.
   *
   * @param id null to move nothing
   */
  public static void comment(ByteBuf out, String text, @Nullable String id) {
    lines(out, COMMENT, text.getBytes(StandardCharsets.UTF_8));
    id(out, id);
    out.writeByte('\n');
  }

  /** The client's reconnection time in milliseconds. */
  public static void retry(ByteBuf out, long millis) {
    out.writeBytes(RETRY);
    out.writeCharSequence(Long.toString(millis), StandardCharsets.US_ASCII);
    out.writeByte('\n').writeByte('\n');
  }

  /** Each line of a text as a field of its own. */
  private static void lines(ByteBuf out, byte[] prefix, byte[] text) {
    int start = 0;
    while (true) {
      int end = nextBreak(text, start);
      out.writeBytes(prefix).writeBytes(text, start, end - start).writeByte('\n');
      if (end == text.length) return;
      start = skipBreak(text, end);
    }
  }

  private static int nextBreak(byte[] text, int from) {
    for (int i = from; i < text.length; i++) {
      if (text[i] == '\n' || text[i] == '\r') return i;
    }
    return text.length;
  }

  private static int skipBreak(byte[] text, int at) {
    boolean crlf = text[at] == '\r' && at + 1 < text.length && text[at + 1] == '\n';
    return at + (crlf ? 2 : 1);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

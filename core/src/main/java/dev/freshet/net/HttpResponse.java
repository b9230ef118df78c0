package dev.freshet.net;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP/1.1 answer on a connection of its own. A body that is shorter than announced is an {@link
 * EOFException}.
 *
 * @param headers by lower-case name; of several with one name, joined by commas
 * @param body what it says, without framing; empty for answers without one
 */
public record HttpResponse(Socket socket, int status, Map<String, String> headers, InputStream body)
    implements AutoCloseable {
  private static final int MAX_LINE = 16 << 10;
  private static final int MAX_HEADERS = 200;
  private static final int BUFFER = 16 << 10;
  private static final int MAX_INTERIM = 10;

  static HttpResponse read(Socket socket, boolean head) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    for (int i = 0; i < MAX_INTERIM; i++) {
      int status = status(line(in));
      Map<String, String> headers = headers(in);
      if (status >= 200)
        return new HttpResponse(socket, status, headers, body(in, status, headers, head));
    }
    throw new IOException("the server answers nothing final");
  }

  private static int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?"))
      throw new IOException("the server does not speak HTTP/1.1");
    return Integer.parseInt(line.substring(9, 12));
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (int i = 0; i < MAX_HEADERS; i++) {
      String line = line(in);
      if (line.isEmpty()) return headers;
      int colon = line.indexOf(':');
      if (colon < 1) throw new IOException("the server sent a header without a name");
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (a, b) -> a + ", " + b);
    }
    throw new IOException("the server sent more than " + MAX_HEADERS + " headers");
  }

  private static String line(InputStream in) throws IOException {
    byte[] line = new byte[MAX_LINE];
    int length = 0;
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) throw new EOFException("the server closed the connection");
      if (length == MAX_LINE) throw new IOException("the server sent a line that is too long");
      line[length++] = (byte) b;
    }
    if (length > 0 && line[length - 1] == '\r') length--;
    return new String(line, 0, length, StandardCharsets.ISO_8859_1);
  }

  private static InputStream body(
      InputStream in, int status, Map<String, String> headers, boolean head) throws IOException {
    if (head || status == 204 || status == 304) return InputStream.nullInputStream();
    String coding = headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT);
    if (coding.equals("chunked")) return new ChunkedStream(in);
    if (!coding.isEmpty()) throw new IOException("the server uses transfer coding " + coding);
    Optional<Long> length = length(headers);
    return length.isPresent() ? new SizedStream(in, length.get()) : in;
  }

  private static Optional<Long> length(Map<String, String> headers) throws IOException {
    String text = headers.get("content-length");
    if (text == null) return Optional.empty();
    if (!text.matches("[0-9]{1,18}")) throw new IOException("the server sent no valid length");
    return Optional.of(Long.valueOf(text));
  }

  /** {@code Content-Length}, where it is the body's. */
  public Optional<Long> length() throws IOException {
    return headers.containsKey("transfer-encoding") ? Optional.empty() : length(headers);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** As many bytes as were announced. */
  private static final class SizedStream extends InputStream {
    private final InputStream in;
    private long left;

    SizedStream(InputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      if (left == 0) return -1;
      int count = in.read(into, at, (int) Math.min(length, left));
      if (count < 0) throw new EOFException("the connection was cut " + left + " bytes too early");
      left -= count;
      return count;
    }
  }

  /** RFC 9112 §7.1. */
  private static final class ChunkedStream extends InputStream {
    private final InputStream in;
    private long left;
    private boolean begun;
    private boolean over;

    ChunkedStream(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      if (!over && left == 0) next();
      if (over) return -1;
      int count = in.read(into, at, (int) Math.min(length, left));
      if (count < 0) throw new EOFException("the connection was cut within a chunk");
      left -= count;
      return count;
    }

    private void next() throws IOException {
      if (begun && !line(in).isEmpty()) throw new IOException("a chunk is longer than announced");
      begun = true;
      String size = line(in).replaceFirst(";.*", "").strip();
      if (!size.matches("[0-9a-fA-F]{1,15}")) throw new IOException("a chunk has no valid size");
      left = Long.parseLong(size, 16);
      if (left > 0) return;
      over = true;
      headers(in);
    }
  }
}

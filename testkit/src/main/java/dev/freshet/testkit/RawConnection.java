package dev.freshet.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A socket on which a test says exactly what it wants, well-formed or not. Reads give up after ten
 * seconds.
 */
public final class RawConnection implements AutoCloseable {
  private static final int TIMEOUT_MS = 10_000;

  private final Socket socket;
  private final InputStream in;

  private RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  public static RawConnection open(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MS);
    return new RawConnection(socket);
  }

  /** Sends lines, each ended with CR LF, and an empty line after them. */
  public RawConnection head(String... lines) throws IOException {
    return send(String.join("\r\n", lines) + "\r\n\r\n");
  }

  public RawConnection send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Says that nothing more will be sent. */
  public RawConnection halfClose() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Everything until the server closes. */
  public String readAll() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Everything up to and including the text; what there was if the server closes before. */
  public String readUntil(String text) throws IOException {
    byte[] end = text.getBytes(StandardCharsets.UTF_8);
    byte[] read = new byte[4096];
    int length = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (length == read.length) read = Arrays.copyOf(read, length * 2);
      read[length++] = (byte) b;
      if (endsWith(read, length, end)) break;
    }
    return new String(read, 0, length, StandardCharsets.UTF_8);
  }

  private static boolean endsWith(byte[] read, int length, byte[] end) {
    int from = length - end.length;
    return from >= 0 && Arrays.equals(read, from, length, end, 0, end.length);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package dev.freshet.tasks.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A real HTTP server of files that misbehaves as it is told. */
final class SourceServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Map<String, Served> files = new ConcurrentHashMap<>();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

  /** One request as it came. */
  record Request(String method, String target, Map<String, String> headers) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  SourceServer() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** A file, and what is wrong with how it is served. */
  static final class Served {
    volatile byte[] bytes;
    volatile String etag;
    volatile boolean ranges = true;
    volatile boolean head = true;
    volatile boolean chunked;
    volatile boolean sized = true;
    volatile String location = "";

    /** Where a connection is to be cut, it is left open and silent. */
    volatile boolean hangs;

    volatile long bytesPerSecond = Long.MAX_VALUE;

    /** After so many bytes of a body, the connection is cut, once for each entry. */
    final Deque<Integer> cuts = new ArrayDeque<>();

    /** Answers in place of the file: status and headers. */
    final Deque<String> instead = new ArrayDeque<>();

    Served(byte[] bytes) {
      this.bytes = bytes;
      this.etag = "\"" + java.util.Arrays.hashCode(bytes) + "\"";
    }

    private synchronized int cut() {
      return cuts.isEmpty() ? Integer.MAX_VALUE : cuts.remove();
    }

    private synchronized String instead() {
      return instead.isEmpty() ? "" : instead.remove();
    }
  }

  static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  Served serve(String path, byte[] bytes) {
    Served served = new Served(bytes);
    files.put(path, served);
    return served;
  }

  String url(String path) {
    return "http://127.0.0.1:" + socket.getLocalPort() + path;
  }

  int port() {
    return socket.getLocalPort();
  }

  List<Request> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  List<Request> gets() {
    return requests().stream().filter(r -> r.method().equals("GET")).toList();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> answer(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void answer(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      String[] first = in.readLine().split(" ", 3);
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        String[] header = line.split(": ", 2);
        headers.put(header[0], header[1]);
      }
      Request request = new Request(first[0], first[1], headers);
      requests.add(request);
      answer(request, client.getOutputStream());
    } catch (IOException | RuntimeException gone) {
      // The client had enough.
    } catch (InterruptedException never) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(Request request, OutputStream out) throws IOException, InterruptedException {
    Served file = files.get(request.target().replaceFirst("\\?.*", ""));
    if (file == null) {
      head(out, "404 Not Found", Map.of("Content-Length", "0"));
      return;
    }
    boolean head = request.method().equals("HEAD");
    if (head && !file.head) {
      head(out, "405 Method Not Allowed", Map.of("Content-Length", "0"));
      return;
    }
    String instead = head ? "" : file.instead();
    if (!instead.isEmpty()) {
      out.write(
          ("HTTP/1.1 " + instead + "\r\nContent-Length: 0\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      return;
    }
    if (!file.location.isEmpty()) {
      head(out, "302 Found", Map.of("Location", file.location, "Content-Length", "0"));
      return;
    }
    content(request, file, head, out);
  }

  private static void content(Request request, Served file, boolean head, OutputStream out)
      throws IOException, InterruptedException {
    byte[] bytes = file.bytes;
    Map<String, String> headers = new LinkedHashMap<>();
    if (!file.etag.isEmpty()) headers.put("ETag", file.etag);
    headers.put("Accept-Ranges", file.ranges ? "bytes" : "none");
    int from = 0;
    int to = bytes.length;
    String range = request.header("Range");
    String condition = request.header("If-Range");
    boolean part =
        file.ranges && !range.isEmpty() && (condition.isEmpty() || condition.equals(file.etag));
    if (part) {
      String[] ends = range.substring("bytes=".length()).split("-", 2);
      from = Integer.parseInt(ends[0]);
      if (from >= bytes.length) {
        head(out, "416 Range Not Satisfiable", Map.of("Content-Length", "0"));
        return;
      }
      to = Math.min(to, Integer.parseInt(ends[1]) + 1);
      headers.put("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + bytes.length);
    }
    boolean chunked = file.chunked && !head;
    if (chunked) headers.put("Transfer-Encoding", "chunked");
    else if (file.sized) headers.put("Content-Length", Integer.toString(to - from));
    head(out, part ? "206 Partial Content" : "200 OK", headers);
    if (!head) body(file, bytes, from, to, chunked, out);
  }

  private static void body(
      Served file, byte[] bytes, int from, int to, boolean chunked, OutputStream out)
      throws IOException, InterruptedException {
    int piece = (int) Math.min(16 << 10, Math.max(1, file.bytesPerSecond / 20));
    long until = (long) from + file.cut();
    for (int at = from; at < to; at += piece) {
      int count = Math.min(piece, to - at);
      if (at + count > until) {
        out.write(bytes, at, (int) Math.max(0, until - at));
        if (file.hangs) Thread.sleep(60_000);
        return;
      }
      if (chunked)
        out.write((Integer.toHexString(count) + ";x=y\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.write(bytes, at, count);
      if (chunked) out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
      if (file.bytesPerSecond != Long.MAX_VALUE) Thread.sleep(50);
    }
    if (chunked) out.write("0\r\nTrailer: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void head(OutputStream out, String status, Map<String, String> headers)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.freshet.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Serves one file, in ranges, as slowly as it is told. */
final class RangeServer implements AutoCloseable {
  private static final int PIECE = 8 << 10;
  private static final String ETAG = "\"v1\"";

  private final HttpServer server;
  private final byte[] bytes;
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private volatile long pauseMillis;

  RangeServer(int length) throws IOException {
    bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  byte[] bytes() {
    return bytes;
  }

  /** Pauses so long after each few kilobytes of a connection. */
  RangeServer pause(long millis) {
    pauseMillis = millis;
    return this;
  }

  /** Those that were asked for. */
  List<String> ranges() {
    return List.copyOf(ranges);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/file.bin";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("ETag", ETAG);
      exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      String range = exchange.getRequestHeaders().getFirst("Range");
      ranges.add(String.valueOf(range));
      if (range == null) send(exchange, 200, 0, bytes.length);
      else part(exchange, range.replace("bytes=", "").split("-", 2));
    }
  }

  private void part(HttpExchange exchange, String[] ends) throws IOException {
    int from = Integer.parseInt(ends[0]);
    int to = Integer.parseInt(ends[1]) + 1;
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + bytes.length);
    send(exchange, 206, from, to);
  }

  private void send(HttpExchange exchange, int status, int from, int to) throws IOException {
    exchange.sendResponseHeaders(status, to - from);
    OutputStream out = exchange.getResponseBody();
    for (int at = from; at < to; at += PIECE) {
      out.write(bytes, at, Math.min(PIECE, to - at));
      out.flush();
      pause();
    }
  }

  private void pause() {
    if (pauseMillis == 0) return;
    try {
      Thread.sleep(pauseMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

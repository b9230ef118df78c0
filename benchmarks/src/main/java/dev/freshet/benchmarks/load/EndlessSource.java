package dev.freshet.benchmarks.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves files of a terabyte, as far as they are read. */
final class EndlessSource implements AutoCloseable {
  private static final long LENGTH = 1L << 40;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private EndlessSource(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", EndlessSource::answer);
    server.start();
  }

  static EndlessSource start() throws IOException {
    return new EndlessSource(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50));
  }

  String url(int file) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/file-" + file + ".bin";
  }

  private static void answer(HttpExchange exchange) {
    byte[] zeros = new byte[64 << 10];
    try (exchange) {
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(200, head ? -1 : LENGTH);
      OutputStream out = exchange.getResponseBody();
      for (long sent = 0; !head && sent < LENGTH; sent += zeros.length) out.write(zeros);
    } catch (IOException left) {
      // Nobody reads it any more.
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

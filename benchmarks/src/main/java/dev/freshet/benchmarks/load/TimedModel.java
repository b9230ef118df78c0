package dev.freshet.benchmarks.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A provider of models that speaks chat completions. Its plan has one phase, and its answer no end:
 * a token at a time, each of which says when it was sent ({@link Token}).
 */
final class TimedModel implements AutoCloseable {
  private static final String PLAN = "{\\\"goal\\\":\\\"Talk\\\",\\\"phases\\\":[\\\"Talk\\\"]}";

  private final HttpServer server;
  private final long nanos;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong tokens = new AtomicLong();
  private volatile boolean silent;

  private TimedModel(HttpServer server, int millis) {
    this.server = server;
    this.nanos = millis * 1_000_000L;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * @param millis from token to token
   */
  static TimedModel start(int millis) throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    return new TimedModel(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000),
        millis);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** How many were sent. */
  long tokens() {
    return tokens.get();
  }

  /** Whether it thinks, and says nothing meanwhile. */
  void silent(boolean now) {
    silent = now;
  }

  private void answer(HttpExchange exchange) {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      boolean working = new String(request, StandardCharsets.UTF_8).contains("\"tools\"");
      exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      if (working) talk(out);
      send(out, PLAN, "\"stop\"");
      out.write("data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException left) {
      // The server is gone.
    }
  }

  private void talk(OutputStream out) throws IOException {
    long next = System.nanoTime();
    while (!threads.isShutdown()) {
      next += nanos;
      LockSupport.parkNanos(next - System.nanoTime());
      if (silent) continue;
      tokens.incrementAndGet();
      send(out, Token.now(), "null");
    }
  }

  private static void send(OutputStream out, String content, String finish) throws IOException {
    String chunk =
        "data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"model\":\"timed\",\"choices\":"
            + "[{\"index\":0,\"delta\":{\"content\":\""
            + content
            + "\"},\"finish_reason\":"
            + finish
            + "}]}\n\n";
    out.write(chunk.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}

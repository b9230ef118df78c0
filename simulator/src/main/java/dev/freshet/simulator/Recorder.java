package dev.freshet.simulator;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A proxy before a server that writes what agents report to a file, a line each, as soon as it is
 * answered. Everything is passed on as it is, streams at once as they come; what is only read is
 * not written. Agents speak to it over HTTP/1.1 and without TLS. Thread-safe.
 */
public final class Recorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final int MAX_BODY = 32 << 20;
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final long begun = System.nanoTime();
  private final AtomicLong arrived = new AtomicLong();
  private final CompletableFuture<Void> failed = new CompletableFuture<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Upstream upstream;
  private final OutputStream file;
  private final HttpServer server;

  /**
   * Listens and records from now on.
   *
   * @param file must not exist yet
   */
  public Recorder(InetSocketAddress listen, URI serverUri, Path file) throws IOException {
    this.upstream = new Upstream(serverUri);
    this.server = HttpServer.create(listen, 0);
    try {
      this.file = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      server.stop(0);
      throw e;
    }
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** How many reports have arrived. */
  public long reports() {
    return arrived.get();
  }

  /**
   * Blocks until the recording fails.
   *
   * @throws IOException why it could not be written any more
   */
  public void await() throws IOException, InterruptedException {
    try {
      failed.get();
    } catch (ExecutionException e) {
      throw new IOException("the recording cannot be written: " + e.getCause(), e.getCause());
    }
  }

  private void pass(HttpExchange exchange) {
    try (exchange) {
      boolean report = !READING.contains(exchange.getRequestMethod());
      if (report) record(exchange);
      else stream(exchange);
    } catch (IOException gone) {
      LOG.debug("{}: cut", exchange.getRequestURI(), gone);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void record(HttpExchange exchange) throws IOException, InterruptedException {
    long n = arrived.incrementAndGet();
    Duration at = Duration.ofNanos(System.nanoTime() - begun);
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      refuse(exchange, 413, "body_too_large", "a report passes the recorder up to 32 MiB");
      return;
    }
    URI uri = exchange.getRequestURI();
    Upstream.Answer answer = upstream.send(exchange, body, MAX_BODY);
    write(
        new Recorded(
            n,
            at,
            exchange.getRequestMethod(),
            uri.getRawPath(),
            uri.getRawQuery(),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            Recorded.text(body),
            answer.status(),
            Names.of(answer.body(), uri + new String(body, StandardCharsets.UTF_8))));
    answer(exchange, answer);
  }

  /** Whole lines only, each written by one call. */
  private synchronized void write(Recorded recorded) {
    try {
      file.write(recorded.line().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      failed.completeExceptionally(e);
    }
  }

  private static void answer(HttpExchange exchange, Upstream.Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    answer.headers().forEach(headers::put);
    boolean empty = answer.body().length == 0;
    exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
    if (!empty) exchange.getResponseBody().write(answer.body());
  }

  private static void refuse(HttpExchange exchange, int status, String code, String detail)
      throws IOException {
    answer(exchange, Upstream.Answer.problem(status, code, detail));
  }

  private void stream(HttpExchange exchange) throws IOException, InterruptedException {
    try (Upstream.Open open = upstream.open(exchange)) {
      exchange.getResponseHeaders().putAll(open.headers());
      exchange.sendResponseHeaders(open.status(), open.hasBody() ? 0 : -1);
      if (!open.hasBody()) return;
      OutputStream out = exchange.getResponseBody();
      byte[] buffer = new byte[1 << 14];
      for (int n = open.body().read(buffer); n >= 0; n = open.body().read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (Upstream.AwayException away) {
      refuse(exchange, 502, "bad_gateway", String.valueOf(away.getMessage()));
    }
  }

  /** Stops listening; what is under way is cut. */
  @Override
  public void close() throws IOException {
    server.stop(0);
    threads.shutdownNow();
    upstream.close();
    synchronized (this) {
      file.close();
    }
  }
}

package dev.freshet.e2e;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A plain REST service: says what it is told to, and remembers what it was asked. */
final class OrderService implements AutoCloseable {
  /**
   * An answer; of a status that is not 200 the body is not sent.
   *
   * @param etag empty for none
   */
  record Reply(int status, String body, String etag, String type) {
    static Reply json(String body) {
      return new Reply(200, body, "", "application/json");
    }

    static Reply status(int status) {
      return new Reply(status, "", "", "application/json");
    }

    Reply tagged(String tag) {
      return new Reply(status, body, tag, type);
    }
  }

  /** What was asked. */
  record Asked(String uri, String token, String ifNoneMatch, Headers headers, int answered) {}

  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile Function<String, Reply> says;

  /**
   * @param says what is answered to a token
   */
  OrderService(Function<String, Reply> says) throws IOException {
    this.says = says;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  void says(Function<String, Reply> other) {
    says = other;
  }

  void says(Reply reply) {
    says = token -> reply;
  }

  void says(String body) {
    says(Reply.json(body));
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Headers headers = exchange.getRequestHeaders();
      String token = String.valueOf(headers.getFirst("Authorization")).replace("Bearer ", "");
      String held = headers.containsKey("If-None-Match") ? headers.getFirst("If-None-Match") : "";
      Reply reply = says.apply(token);
      boolean same = !reply.etag().isEmpty() && reply.etag().equals(held);
      int status = same ? 304 : reply.status();
      asked.add(new Asked(exchange.getRequestURI().toString(), token, held, headers, status));
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      if (!reply.etag().isEmpty()) exchange.getResponseHeaders().set("ETag", reply.etag());
      if (status == 302) exchange.getResponseHeaders().set("Location", url("/elsewhere"));
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      boolean sent = status == 200 && body.length > 0;
      exchange.sendResponseHeaders(status, sent ? body.length : -1);
      if (sent) exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

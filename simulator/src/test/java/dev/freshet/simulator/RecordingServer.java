package dev.freshet.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what is reported to it, and refuses a uuid that it has (409). */
final class RecordingServer implements AutoCloseable {
  /** A status of a request that is carried out, but never answered. */
  static final int ANSWER_LOST = -1;

  /** A request as it came. */
  record Received(String method, String path, String token, String body) {}

  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final List<Received> requests = new CopyOnWriteArrayList<>();
  private final List<Received> accepted = new CopyOnWriteArrayList<>();
  private final Set<String> uuids = new HashSet<>();
  private final ToIntFunction<Received> statuses;
  private final AgentRoutes agents = new AgentRoutes();

  /**
   * @param statuses the status for a request; 0 for the right one
   */
  RecordingServer(ToIntFunction<Received> statuses) throws IOException {
    this.statuses = statuses;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Received> requests() {
    return requests;
  }

  AgentRoutes agents() {
    return agents;
  }

  /** Those that changed something, but for an agent's own. */
  List<Received> accepted() {
    return accepted;
  }

  private void answer(HttpExchange exchange) throws IOException {
    Received received =
        new Received(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    requests.add(received);
    int status = statuses.applyAsInt(received);
    if (AgentRoutes.serves(received)) {
      answerAgent(exchange, received, status);
      return;
    }
    if (status <= 0) {
      int right = carryOut(received);
      status = status == ANSWER_LOST ? ANSWER_LOST : right;
    }
    if (status != ANSWER_LOST) exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private void answerAgent(HttpExchange exchange, Received received, int status)
      throws IOException {
    try (exchange) {
      if (status > 0) {
        exchange.sendResponseHeaders(status, -1);
      } else if (exchange.getRequestURI().getPath().endsWith("/stream")) {
        agents.stream(exchange);
      } else {
        Object answer = agents.answer(received);
        if (status != ANSWER_LOST) send(exchange, answer);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, Object answer) throws IOException {
    if (answer instanceof Integer status) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private synchronized int carryOut(Received received) {
    if (received.method().equals("GET")) {
      return uuids.stream().anyMatch(received.path()::contains) ? 200 : 404;
    }
    if (received.method().equals("POST") && !received.body().isEmpty()) {
      JsonNode body = new JsonMapper().readTree(received.body());
      List<JsonNode> found = body.findValues("uuid");
      Set<String> created = new HashSet<>();
      found.forEach(uuid -> created.add(uuid.asString()));
      if (created.stream().anyMatch(uuids::contains)) return 409;
      uuids.addAll(created);
    }
    accepted.add(received);
    return received.method().equals("POST") ? 201 : 200;
  }

  @Override
  public void close() {
    agents.close();
    server.stop(0);
  }
}

package dev.freshet.agents.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.event.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/** A server that streams as the providers of models do, on this machine. */
public final class Upstream implements AutoCloseable {
  public final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  public final List<String> keys = new CopyOnWriteArrayList<>();

  /** Counted down when a client has gone while it was answered. */
  public final CountDownLatch left = new CountDownLatch(1);

  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final HttpServer server;

  /** One answer. */
  @FunctionalInterface
  public interface Answer {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  public Upstream() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  public Upstream then(Answer answer) {
    answers.add(answer);
    return this;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      requests.add(Json.MAPPER.readTree(body));
      String key = exchange.getRequestHeaders().getFirst("x-api-key");
      keys.add(key == null ? "" + exchange.getRequestHeaders().getFirst("Authorization") : key);
      Answer answer = answers.poll();
      if (answer == null) refuse(500, "").to(exchange);
      else answer.to(exchange);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException gone) {
      left.countDown();
      throw gone;
    }
  }

  public static Answer refuse(int status, String retryAfter) {
    return exchange -> {
      byte[] body =
          ("{\"error\":{\"message\":\"bad key sk-very-secret\",\"type\":\"e" + status + "\"}}")
              .getBytes(StandardCharsets.UTF_8);
      if (!retryAfter.isEmpty()) exchange.getResponseHeaders().add("Retry-After", retryAfter);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    };
  }

  /**
   * @param events each an event's name, which may be empty, and its data
   */
  public static Answer stream(List<String[]> events) {
    return exchange -> {
      exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      for (String[] event : events) send(out, event[0], event[1]);
    };
  }

  /** Events, and then nothing, until the client has gone. */
  public static Answer stall(List<String[]> events, CountDownLatch reached) {
    return exchange -> {
      stream(events).to(exchange);
      reached.countDown();
      while (true) {
        Thread.sleep(20);
        send(exchange.getResponseBody(), "ping", "{\"type\": \"ping\"}");
      }
    };
  }

  private static void send(OutputStream out, String name, String data) throws IOException {
    String frame = (name.isEmpty() ? "" : "event: " + name + "\n") + "data: " + data + "\n\n";
    out.write(frame.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

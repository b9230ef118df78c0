package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** Plays the exchanges of a case. */
final class Exchanges implements ScriptedServer.Script {
  private static final long PATIENCE_MILLIS = 10_000;

  private final JsonNode exchanges;
  private final int chunk;
  private final Progress progress;
  private ScriptedServer server;
  private Observer observer;
  private long replied;

  Exchanges(JsonNode exchanges, int chunk, Progress progress) {
    this.exchanges = exchanges;
    this.chunk = chunk;
    this.progress = progress;
  }

  void connect(ScriptedServer newServer, Observer newObserver) {
    progress.change(() -> {
      server = newServer;
      observer = newObserver;
    });
  }

  @Override
  public void answer(int n, ReceivedRequest request, Socket socket) throws Exception {
    long arrived = System.nanoTime();
    await(() -> server != null, "the driver");
    JsonNode exchange = exchanges.get(n);
    if (exchange == null) throw new AssertionError("one request too many: " + request);
    Cases.known(exchange, "expect", "reply");
    expect(exchange.path("expect"), request, arrived);
    reply(exchange.path("reply"), socket);
  }

  private void await(BooleanSupplier condition, String what) throws Exception {
    if (!progress.await(PATIENCE_MILLIS, condition)) throw new AssertionError("no " + what);
  }

  private void expect(JsonNode expect, ReceivedRequest request, long arrived) {
    Cases.known(expect, "method", "path", "query", "headers", "notBeforeMs");
    assertThat(request.method()).isEqualTo(expect.path("method").asString("GET"));
    assertThat(request.path()).isEqualTo(expect.path("path").asString("/v1/stream"));
    named("query", expect.path("query"), request.query());
    named("header", expect.path("headers"), request.headers());
    if (expect.has("notBeforeMs")) {
      assertThat((arrived - replied) / 1e6)
          .as("milliseconds after the reply")
          .isGreaterThanOrEqualTo(expect.path("notBeforeMs").doubleValue());
    }
  }

  private static void named(String what, JsonNode expected, Map<String, List<String>> actual) {
    for (var entry : expected.properties()) {
      List<String> values = actual.getOrDefault(entry.getKey(), List.of());
      JsonNode wanted = entry.getValue();
      String text = wanted.asString("");
      String name = what + " " + entry.getKey();
      if (wanted.isNull()) {
        assertThat(values).as(name).isEmpty();
      } else if (wanted.isArray()) {
        assertThat(values).as(name).isEqualTo(Cases.texts(wanted));
      } else if (text.length() > 1 && text.startsWith("/") && text.endsWith("/")) {
        assertThat(values)
            .as(name)
            .singleElement()
            .asString()
            .matches(text.substring(1, text.length() - 1));
      } else {
        assertThat(values).as(name).containsExactly(text);
      }
    }
  }

  private void reply(JsonNode reply, Socket socket) throws Exception {
    Cases.known(reply, "status", "headers", "body", "json", "problem", "drop");
    if (reply.path("drop").asBoolean(false)) {
      ended();
      ScriptedServer.reset(socket);
    } else if (reply.has("body")) {
      socket.getOutputStream().write(head(reply, "text/event-stream; charset=utf-8", -1));
      for (JsonNode step : reply.path("body")) step(step, socket);
    } else {
      byte[] body = body(reply);
      String type = reply.has("problem") ? "application/problem+json" : "application/json";
      socket.getOutputStream().write(head(reply, type, body.length));
      socket.getOutputStream().write(body);
      ended();
    }
  }

  private void ended() {
    progress.change(() -> replied = System.nanoTime());
  }

  private static byte[] body(JsonNode reply) {
    JsonNode body = reply.has("json") ? reply.path("json") : reply.path("problem");
    return body.isMissingNode() ? new byte[0] : Json.MAPPER.writeValueAsBytes(body);
  }

  private static byte[] head(JsonNode reply, String contentType, int length) {
    int status = reply.path("status").asInt(200);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("connection", "close");
    if (length != 0) headers.put("content-type", contentType);
    if (length >= 0 && status != 204) headers.put("content-length", Integer.toString(length));
    for (var header : reply.path("headers").properties()) {
      headers.put(header.getKey(), header.getValue().asString());
    }
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private void step(JsonNode step, Socket socket) throws Exception {
    if (step.isString()) {
      ended();
      last(step.asString(), socket);
      return;
    }
    Cases.known(step, "write", "base64", "frame", "seen", "received", "pause", "times", "chunk");
    if (step.has("seen")) {
      int n = step.path("seen").intValue();
      await(() -> observer.seen().size() >= n, "observation " + n);
    } else if (step.has("received")) {
      int n = step.path("received").intValue();
      await(() -> server.requests() >= n, "request " + n);
    } else if (step.has("pause")) {
      progress.await(step.path("pause").longValue(), () -> false);
    } else {
      byte[] bytes = bytes(step);
      for (int i = 0; i < step.path("times").asInt(1); i++) {
        write(socket.getOutputStream(), bytes, step.path("chunk").asInt(chunk));
      }
    }
  }

  private static byte[] bytes(JsonNode step) {
    if (step.has("base64")) return Base64.getDecoder().decode(step.path("base64").asString());
    String text = step.has("frame") ? frame(step.path("frame")) : step.path("write").asString();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String frame(JsonNode frame) {
    Cases.known(frame, "event", "id", "data");
    String id = frame.has("id") ? "id: " + frame.path("id").asString() + "\n" : "";
    String data = Json.MAPPER.writeValueAsString(frame.path("data"));
    return "event: " + frame.path("event").asString() + "\n" + id + "data: " + data + "\n\n";
  }

  private static void write(OutputStream out, byte[] bytes, int size) throws IOException {
    for (int from = 0; from < bytes.length; from += size) {
      out.write(Arrays.copyOfRange(bytes, from, Math.min(bytes.length - from, size) + from));
      if (from > Integer.MAX_VALUE - size) return;
    }
  }

  private static void last(String step, Socket socket) throws IOException {
    switch (step) {
      case "close" -> socket.close();
      case "reset" -> ScriptedServer.reset(socket);
      case "hold" -> ScriptedServer.hold(socket);
      default -> throw new IllegalArgumentException("unknown step " + step);
    }
  }
}

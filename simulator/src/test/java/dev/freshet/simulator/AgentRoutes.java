package dev.freshet.simulator;

import com.sun.net.httpserver.HttpExchange;
import dev.freshet.simulator.RecordingServer.Received;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** As much of the server's part for agents (PROTOCOL §8.2, §8.3) as an agent can tell. */
final class AgentRoutes {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Map<String, ObjectNode> sessions = new LinkedHashMap<>();
  private final Map<String, ObjectNode> instructions = new LinkedHashMap<>();
  private final List<JsonNode> logs = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();
  private final Map<String, List<JsonNode>> acknowledgements = new LinkedHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private int heartbeats;
  private int streams;

  /** Instructions that each stream begins with, as if just made. */
  synchronized void instruct(String id, String type) {
    ObjectNode instruction = MAPPER.createObjectNode();
    instruction.put("instruction_id", id).put("instruction_type", type).putObject("payload");
    instructions.put(id, instruction);
  }

  synchronized List<JsonNode> sessions() {
    return List.copyOf(sessions.values());
  }

  synchronized List<String> closed() {
    return List.copyOf(closed);
  }

  synchronized List<JsonNode> logs() {
    return List.copyOf(logs);
  }

  synchronized List<JsonNode> instructions() {
    return List.copyOf(instructions.values());
  }

  synchronized List<String> acknowledged(String instruction) {
    return acknowledgements.getOrDefault(instruction, List.of()).stream()
        .map(ack -> ack.path("status").asString())
        .toList();
  }

  synchronized int heartbeats() {
    return heartbeats;
  }

  synchronized int streams() {
    return streams;
  }

  void close() {
    closing.countDown();
  }

  static boolean serves(Received request) {
    return request.path().matches("/(agent|debug|frontend)/.*");
  }

  void stream(HttpExchange exchange) throws IOException, InterruptedException {
    String frames = frames(exchange.getRequestURI().getPath());
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.write(frames.getBytes(StandardCharsets.UTF_8));
    out.flush();
    closing.await();
  }

  private synchronized String frames(String path) {
    StringBuilder frames = new StringBuilder();
    if (path.startsWith("/frontend")) {
      frames.append(
          frame("stream.open", "{\"resumed\":false,\"position\":\"p\",\"heartbeatMs\":60000}"));
      logs.forEach(line -> frames.append(frame("agent.log", line.toString())));
      return frames.append(frame("stream.live", "{\"position\":\"p\"}")).toString();
    }
    streams++;
    frames.append(frame("connection", "{}"));
    instructions.values().forEach(i -> frames.append(frame("instruction", i.toString())));
    return frames.append(frame("heartbeat", "{}")).toString();
  }

  private static String frame(String type, String data) {
    return "event: " + type + "\ndata: " + data + "\n\n";
  }

  /** The answer; what is refused is a status alone. */
  synchronized Object answer(Received request) {
    String[] path = request.path().split("/", -1);
    JsonNode body = request.body().isEmpty() ? MAPPER.nullNode() : MAPPER.readTree(request.body());
    String what = path[path.length - 1];
    return switch (what) {
      case "sessions" -> list("active_sessions", sessions.values());
      case "create-managed" -> create((ObjectNode) body);
      case "close" -> close(path[3]);
      case "create-instruction" -> instruct((ObjectNode) body);
      case "instructions" -> list("instructions", instructions.values());
      case "heartbeat" -> sessions.containsKey(path[4]) ? beat() : 404;
      case "logs" -> sessions.containsKey(path[4]) ? store(body) : 404;
      case "ack" -> acknowledge(path[6], body);
      default -> 404;
    };
  }

  private static ObjectNode list(String name, Iterable<? extends JsonNode> elements) {
    ObjectNode answer = MAPPER.createObjectNode();
    ArrayNode array = answer.putArray(name);
    elements.forEach(array::add);
    return answer;
  }

  private ObjectNode create(ObjectNode body) {
    String id = "s" + (sessions.size() + closed.size());
    sessions.put(id, body.put("session_id", id).put("status", "created"));
    return body;
  }

  private Object close(String id) {
    closed.add(id);
    return sessions.remove(id) == null ? 404 : MAPPER.createObjectNode();
  }

  private ObjectNode instruct(ObjectNode body) {
    String id = "i" + instructions.size();
    instructions.put(id, body.put("instruction_id", id));
    return body;
  }

  private ObjectNode beat() {
    heartbeats++;
    return MAPPER.createObjectNode();
  }

  private ObjectNode store(JsonNode body) {
    body.path("logs").forEach(logs::add);
    return MAPPER.createObjectNode().put("stored", body.path("logs").size());
  }

  private ObjectNode acknowledge(String id, JsonNode body) {
    acknowledgements.computeIfAbsent(id, i -> new ArrayList<>()).add(body);
    return MAPPER.createObjectNode();
  }
}

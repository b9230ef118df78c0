package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.agents.event.EventType;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.Reduction;
import dev.freshet.event.Json;
import dev.freshet.testkit.RawConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A viewer of a run, frame by frame. What it gets is reduced, which fails where an event is not
 * what the grammar says.
 */
final class AgentStream implements AutoCloseable {
  private final RawConnection connection;
  private final List<Frame> frames = new ArrayList<>();
  private Reduction run = new Reduction();
  private final boolean whole;
  private boolean complete = true;
  private String head = "";

  /** As it was on the wire. */
  record Frame(String type, String id, JsonNode data) {}

  private AgentStream(RawConnection connection, boolean whole) {
    this.connection = connection;
    this.whole = whole;
  }

  static AgentStream open(int port, String token, String id, String query, String position)
      throws IOException {
    RawConnection connection =
        RawConnection.open(port)
            .head(
                "GET /api/agent/stream/" + id + query + " HTTP/1.1",
                "Host: x",
                "Authorization: Bearer " + token,
                position.isEmpty() ? "X-None: x" : "Last-Event-ID: " + position);
    return new AgentStream(connection, !query.contains("deltas=false"));
  }

  /** The answer's head. */
  String head() throws IOException {
    if (head.isEmpty()) head = connection.readUntil("\r\n\r\n");
    return head;
  }

  /** Reads on up to a frame of this type; null if the server closes before. */
  Frame until(String type) throws IOException {
    assertThat(head()).startsWith("HTTP/1.1 200 ");
    while (true) {
      String block = connection.readUntil("\n\n");
      if (block.isEmpty()) return null;
      Frame frame = frame(block);
      if (frame == null) continue;
      take(frame);
      if (frame.type.equals(type)) return frame;
    }
  }

  /** Everything up to the end of the stream. */
  List<Frame> all() throws IOException {
    assertThat(until("nothing has this type")).isNull();
    return frames;
  }

  private static Frame frame(String block) {
    String type = "";
    String id = "";
    StringBuilder data = new StringBuilder();
    for (String line : block.split("\n", -1)) {
      if (line.startsWith("event: ")) type = line.substring(7);
      else if (line.startsWith("id: ")) id = line.substring(4);
      else if (line.startsWith("data: ")) data.append(line.substring(6));
      else assertThat(line).matches("|:.*|retry: \\d+");
    }
    if (data.isEmpty()) return null;
    return new Frame(type, id, Json.MAPPER.readTree(data.toString()));
  }

  private void take(Frame frame) {
    frames.add(frame);
    if (frame.type.equals("execution:snapshot")) {
      run = Reduction.of(Json.MAPPER.treeToValue(frame.data, Execution.class));
      complete = true;
    } else if (frame.type.equals("stream.open")) {
      complete = false;
    }
    EventType type = EventType.named(frame.type).orElse(null);
    if (type == EventType.EXECUTION_STARTED) complete = true;
    if (type != null && complete && whole) run.accept(type.read(frame.data));
  }

  Frame last() {
    return frames.getLast();
  }

  /** The frames of events so far. */
  List<Frame> events() {
    return frames.stream().filter(frame -> EventType.named(frame.type).isPresent()).toList();
  }

  List<String> types() {
    return frames.stream().map(Frame::type).toList();
  }

  /** What the stream so far reduces to. */
  Execution execution() {
    return run.execution();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}

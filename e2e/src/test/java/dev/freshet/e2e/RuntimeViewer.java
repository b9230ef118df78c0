package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Json;
import dev.freshet.state.JsonPatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * One who watches a runtime over HTTP: reads at a random pace from a small buffer, is cut off and
 * comes back, and applies what it is sent as PROTOCOL §8.6 tells it to.
 */
final class RuntimeViewer implements Runnable {
  private static final int BUFFER = 4096;
  private static final int PATIENCE_MS = 20_000;

  private final int port;
  private final String request;
  private final Random random;
  private final Map<String, JsonNode> values = new TreeMap<>();
  private final Map<String, Long> versions = new TreeMap<>();
  private String position = "";
  private boolean resumed;
  private boolean live;
  private volatile boolean patient;
  private volatile Map<String, Long> wanted = Map.of();
  private int resumes;
  private int skipped;
  private int patches;

  RuntimeViewer(int port, String path, String token, long seed) {
    this.port = port;
    this.request =
        "GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n";
    this.random = new Random(seed);
  }

  /** Reads on without pauses and cuts, until the slices have these versions. */
  void settle(Map<String, Long> at) {
    wanted = at;
    patient = true;
  }

  Map<String, JsonNode> values() {
    return values;
  }

  int resumes() {
    return resumes;
  }

  /** Changes that it was not sent one by one. */
  int skipped() {
    return skipped;
  }

  int patches() {
    return patches;
  }

  @Override
  public void run() {
    try {
      while (!settled()) watch();
    } catch (IOException | InterruptedException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private boolean settled() {
    return patient && versions.equals(wanted);
  }

  private void watch() throws IOException, InterruptedException {
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(BUFFER);
      socket.setSoTimeout(PATIENCE_MS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      String resume = position.isEmpty() ? "" : "Last-Event-ID: " + position + "\r\n";
      if (!resume.isEmpty()) resumes++;
      live = false;
      resumed = false;
      socket
          .getOutputStream()
          .write((request + resume + "\r\n").getBytes(StandardCharsets.US_ASCII));
      follow(
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), BUFFER));
    }
    // Cut before it was live, and with snapshots: begun again, not resumed (U1).
    if (!live && !resumed) position = "";
  }

  private void follow(BufferedReader in) throws IOException, InterruptedException {
    String type = "";
    String data = "";
    String id = "";
    for (String line = in.readLine(); line != null && !settled(); line = in.readLine()) {
      if (line.startsWith("event: ")) type = line.substring(7);
      if (line.startsWith("data: ")) data = line.substring(6);
      if (line.startsWith("id: ")) id = line.substring(4);
      if (!line.isEmpty()) continue;
      if (!id.isEmpty()) position = id;
      if (!type.isEmpty()) seen(type, Json.MAPPER.readTree(data));
      type = "";
      id = "";
      if (patient) continue;
      if (random.nextInt(60) == 0) return;
      if (random.nextInt(6) == 0) Thread.sleep(random.nextInt(60));
    }
  }

  private void seen(String type, JsonNode data) {
    switch (type) {
      case "stream.open" -> resumed = data.path("resumed").asBoolean();
      case "stream.live" -> live = true;
      case "state.initial" -> begin(data);
      case "state.update" -> update(data);
      default -> assertThat(type).isIn("stream.reset", "heartbeat");
    }
  }

  private void begin(JsonNode data) {
    values.clear();
    versions.clear();
    data.path("slices").properties().forEach(s -> values.put(s.getKey(), s.getValue()));
    data.path("versions")
        .properties()
        .forEach(s -> versions.put(s.getKey(), s.getValue().asLong()));
  }

  private void update(JsonNode data) {
    String slice = data.path("slice").asString();
    long version = data.path("version").asLong();
    long before = versions.getOrDefault(slice, 0L);
    // A value in place of many changes has no position: they come again after a cut (S4).
    if (version <= before) return;
    skipped += (int) (version - before - 1);
    if (data.has("value")) {
      values.put(slice, data.path("value"));
    } else {
      patches++;
      assertThat(data.path("base").asLong()).as("base of %s", slice).isEqualTo(before);
      JsonPatch patch = JsonPatch.parse(data.path("patches"), JsonPatch.Bounds.DEFAULT);
      values.put(slice, patch.apply(values.get(slice)));
    }
    versions.put(slice, version);
  }
}

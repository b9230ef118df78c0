package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.event.Json;
import dev.freshet.microscopy.Microscopy;
import dev.freshet.testkit.RawConnection;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Agents beside microscopes, as they and their operators see them (PROTOCOL §8.1–8.3). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AgentTest {
  private static final List<String> MINE = List.of("instruments/m12/**");
  private static final List<String> THEIRS = List.of("instruments/m99/**");
  private static final String SESSION = "/agent/{agent_id}/session/{session_id}";
  private static final Pattern ID = Pattern.compile("(?m)^id: ?(.+)$");
  private static final Microscopy.Settings SETTINGS =
      new Microscopy.Settings(Duration.ofSeconds(1), Duration.ofSeconds(3), 5, 10);

  private final TestServer server =
      TestServer.durable(
          Map.of("stream.heartbeat", "1s", "stream.stall", "30s"), new Microscopy(SETTINGS));
  private final String token = server.token("facility", "agent", MINE, MINE);
  private final TestClient agent = server.client(token);
  private final String reading = server.token("facility", "olga", MINE, List.of());
  private final TestClient operator = server.client(reading);
  private final Described described = new Described(operator.get("/openapi.json").body());

  @BeforeEach
  void begin() {
    session("s");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void session(String id) {
    described.check(
        "post /debug/sessions/create",
        200,
        agent.post(
            "/debug/sessions/create",
            "{\"agent_id\":\"k\",\"session_id\":\"%s\",\"instrument_id\":\"m12\"}".formatted(id)));
  }

  private String instruct(String type) {
    return instruct(type, "\"payload\":{}");
  }

  private String instruct(String type, String more) {
    return described
        .check(
            "post /debug/session/{session_id}/create-instruction",
            200,
            agent.post(
                "/debug/session/s/create-instruction",
                "{\"instruction_type\":\"%s\",%s}".formatted(type, more)))
        .path("instruction_id")
        .asString();
  }

  private void acknowledge(String id, String status) {
    described.check(
        "post " + SESSION + "/instructions/{instruction_id}/ack",
        200,
        agent.post(
            "/agent/k/session/s/instructions/" + id + "/ack", "{\"status\":\"" + status + "\"}"));
  }

  private JsonNode instructions() {
    return described
        .check(
            "get /debug/session/{session_id}/instructions",
            200,
            operator.get("/debug/session/s/instructions"))
        .path("instructions");
  }

  /** Of all instructions, the newest first. */
  private List<String> statuses() {
    return instructions().valueStream().map(i -> i.path("status").asString()).toList();
  }

  private RawConnection follow(String... headers) throws IOException {
    return connect("/agent/k/session/s/instructions/stream", token, headers);
  }

  private RawConnection watch(String query, String as) throws IOException {
    return connect("/frontend/events/stream?" + query, as);
  }

  private RawConnection connect(String path, String as, String... headers) throws IOException {
    RawConnection raw = RawConnection.open(server.port());
    raw.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + as + "\r\n");
    for (String header : headers) raw.send(header + "\r\n");
    return raw.send("\r\n");
  }

  private static String lastId(String frames) {
    Matcher matcher = ID.matcher(frames);
    String id = "";
    while (matcher.find()) id = matcher.group(1);
    return id;
  }

  private static String frame(String id) {
    return "\"instruction_id\":\"" + id + "\"";
  }

  @Test
  void instruction_withoutConnection_staysPending_andIsSentWhenItsBytesHaveLeft()
      throws IOException {
    String first = instruct("one");
    assertThat(statuses()).containsExactly("pending");
    try (RawConnection stream = follow()) {
      String opening = stream.readUntil("event: heartbeat");
      assertThat(opening)
          .containsSubsequence("event: connection", "\"status\":\"connected\"", frame(first))
          .doesNotContain("stream.open", "stream.live");
      await().untilAsserted(() -> assertThat(statuses()).containsExactly("sent"));
      String second = instruct("two");
      stream.readUntil(frame(second));
      await().untilAsserted(() -> assertThat(statuses()).containsExactly("sent", "sent"));
      acknowledge(second, "received");
      acknowledge(second, "processed");
      assertThat(statuses()).containsExactly("acknowledged", "sent");
    }
  }

  @Test
  void instruction_toAConnectionThatDoesNotRead_staysPending() throws IOException {
    try (RawConnection stream = follow()) {
      stream.readUntil("event: heartbeat");
      String payload = "\"payload\":{\"x\":\"" + "x".repeat(500_000) + "\"}";
      String last = "";
      for (int i = 0; i < 40; i++) last = instruct("big", payload);
      await().untilAsserted(() -> assertThat(statuses().getLast()).isEqualTo("sent"));
      assertThat(statuses().getFirst()).isEqualTo("pending");
      stream.readUntil(frame(last));
      await().untilAsserted(() -> assertThat(statuses()).containsOnly("sent").hasSize(40));
    }
  }

  @Test
  void instruction_notAcknowledged_isSentAgain_anAcknowledgedOneIsNot() throws IOException {
    String first = instruct("one");
    String second = instruct("two");
    try (RawConnection stream = follow()) {
      stream.readUntil(frame(second));
      await().untilAsserted(() -> assertThat(statuses()).containsOnly("sent"));
      acknowledge(first, "received");
    }
    try (RawConnection stream = follow()) {
      assertThat(stream.readUntil("event: heartbeat"))
          .contains(frame(second))
          .doesNotContain(frame(first));
    }
  }

  @Test
  @DisplayName("L1: what was not acknowledged is sent again after the server was killed")
  void instruction_serverKilled_isSentAgain() throws IOException {
    String first = instruct("one");
    try (RawConnection stream = follow()) {
      stream.readUntil(frame(first));
      await().untilAsserted(() -> assertThat(status().path("connection_count").asInt()).isOne());
      server.kill();
    }
    server.begin();
    assertThat(status().path("connection_count").asInt()).isZero();
    assertThat(
            described
                .check(
                    "get /debug/agent-connections", 200, operator.get("/debug/agent-connections"))
                .path("total_count")
                .asInt())
        .isZero();
    try (RawConnection stream = follow()) {
      assertThat(stream.readUntil("event: heartbeat")).contains(frame(first));
    }
    await().untilAsserted(() -> assertThat(statuses()).containsExactly("sent"));
  }

  @Test
  @DisplayName("U2: a stream that resumes gets exactly what came after")
  void stream_resumed_getsWhatCameAfter() throws IOException {
    String first = instruct("one");
    String position;
    try (RawConnection stream = follow()) {
      stream.readUntil(frame(first));
      position = lastId(stream.readUntil("event: heartbeat") + stream.readUntil("\n\n"));
      assertThat(position).isNotEmpty();
    }
    String second = instruct("two");
    String third = instruct("three", "\"priority\":\"urgent\"");
    try (RawConnection stream = follow("Last-Event-ID: " + position)) {
      String all = stream.readUntil("event: heartbeat");
      assertThat(all)
          .containsSubsequence("event: connection", frame(second), frame(third))
          .doesNotContain(frame(first), "stream.reset");
    }
    await().untilAsserted(() -> assertThat(statuses()).containsOnly("sent"));
  }

  @Test
  void stream_ofAClosedSession_ends_andIsNotToComeBack_U7() throws IOException {
    instruct("one");
    try (RawConnection stream = follow()) {
      stream.readUntil("event: heartbeat");
      described.check(
          "delete /debug/sessions/{session_id}/close",
          200,
          agent.delete("/debug/sessions/s/close"));
      assertThat(stream.readAll()).contains("event: stream.end", "\"reason\":\"completed\"");
    }
    described.check(
        "get " + SESSION + "/instructions/stream",
        204,
        agent.get("/agent/k/session/s/instructions/stream"));
    assertThat(statuses()).containsExactly("cancelled");
  }

  @Test
  void stream_expiredInstruction_isNotSent() throws IOException {
    String soon = instruct("soon", "\"expires_in_minutes\":0.001");
    String later = instruct("later");
    await().untilAsserted(() -> assertThat(statuses()).containsExactly("pending", "expired"));
    try (RawConnection stream = follow()) {
      assertThat(stream.readUntil("event: heartbeat"))
          .contains(frame(later))
          .doesNotContain(frame(soon));
    }
    assertThat(
            agent
                .post(
                    "/agent/k/session/s/instructions/" + soon + "/ack", "{\"status\":\"received\"}")
                .statusCode())
        .isEqualTo(409);
  }

  private JsonNode status() {
    return Json.MAPPER.readTree(operator.get("/v1/state/instruments/m12/agents/k/status").body());
  }

  @Test
  void status_followsTheAgeOfTheLastSignOfLife() throws IOException {
    try (RawConnection events = watch("event_types=agent.status", reading)) {
      assertThat(events.readUntil("stream.live")).contains("\"status\":\"offline\"");
      described.check(
          "post " + SESSION + "/heartbeat", 200, agent.post("/agent/k/session/s/heartbeat", ""));
      assertThat(events.readUntil("\"connection_count\"")).contains("\"status\":\"online\"");
      assertThat(events.readUntil("\"status\":\"stale\"")).doesNotContain("offline");
      assertThat(events.readUntil("\"status\":\"offline\"")).doesNotContain("online");
    }
  }

  @Test
  void lifecycle_isToldToOperators_aStepAtATime() throws IOException {
    try (RawConnection events = watch("event_types=instruction.lifecycle&agent_id=k", reading);
        RawConnection stream = follow()) {
      stream.readUntil("event: heartbeat");
      events.readUntil("stream.live");
      String id = instruct("one");
      stream.readUntil(frame(id));
      events.readUntil("\"status\":\"sent\"");
      acknowledge(id, "received");
      events.readUntil("\"ack_status\":\"received\"");
      acknowledge(id, "failed");
      assertThat(events.readUntil("\"ack_status\":\"failed\""))
          .contains("\"status\":\"acknowledged\"");
    }
  }

  private void log(String... messages) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    ArrayNode lines = body.putArray("logs");
    for (String message : messages) {
      lines
          .addObject()
          .put("timestamp", "2026-01-05T10:00:00")
          .put("level", "INFO")
          .put("logger_name", "epu")
          .put("message", message);
    }
    described.check(
        "post " + SESSION + "/logs", 200, agent.post("/agent/k/session/s/logs", body.toString()));
  }

  @Test
  void logBacklog_isInOrder_withoutPositions_andGoesOnLive() throws IOException {
    log("one", "two", "three");
    log("four");
    try (RawConnection events = watch("event_types=agent.log&log_backlog=3", reading)) {
      String past = events.readUntil("stream.live");
      assertThat(past)
          .containsSubsequence("\"two\"", "\"three\"", "\"four\"")
          .doesNotContain("\"one\"");
      assertThat(past.substring(past.indexOf("agent.log"))).doesNotContainPattern(ID);
      String live = lastId(events.readUntil("\n\n"));
      log("five");
      assertThat(events.readUntil("\"five\"")).contains("event: agent.log");
      assertThat(live).isNotEmpty();
    }
    described.check(
        "get /frontend/events/stream", 422, operator.get("/frontend/events/stream?log_backlog=11"));
    described.check(
        "get /frontend/events/stream",
        422,
        operator.get("/frontend/events/stream?log_backlog=many"));
  }

  @Test
  void logs_anyText_isOneFrameEach() throws IOException {
    String nasty = "a\r\nevent: fake\r\ndata: {}\r\n\r\n\u0000\u001b[31m</script>\u2028";
    String huge = "x".repeat(400_000);
    log(nasty, huge, "end");
    try (RawConnection events = watch("event_types=agent.log&log_backlog=5", reading)) {
      String frames = events.readUntil("stream.live");
      List<JsonNode> lines =
          frames
              .lines()
              .filter(line -> line.startsWith("data:") && line.contains("logger_name"))
              .map(line -> Json.MAPPER.readTree(line.substring(5)))
              .toList();
      assertThat(lines)
          .extracting(line -> line.path("message").asString())
          .containsExactly(nasty, huge, "end");
      assertThat(frames.lines().filter(line -> line.startsWith("event: fake"))).isEmpty();
    }
  }

  @Test
  @DisplayName("R1: a line that no viewer could take is refused, and none of its batch is stored")
  void logs_aHugeLine_isRefused() {
    String line =
        "{\"timestamp\":\"2026-01-05T10:00:00Z\",\"level\":\"INFO\",\"logger_name\":\"l\",\"message\":\"%s\"}";
    String lines = line.formatted("small") + "," + line.formatted("x".repeat(2 << 20));
    long before = server.freshet().tenant("facility").log().head().offset();
    var refused = agent.post("/agent/k/session/s/logs", "{\"logs\":[" + lines + "]}");
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.body()).contains("event_too_large", "1048576");
    assertThat(server.freshet().tenant("facility").log().head().offset()).isEqualTo(before);
  }

  @Test
  @DisplayName("R1: too many lines are refused, and none is stored")
  void logs_tooMany_areRefused() {
    String lines =
        String.join(
            ",",
            IntStream.range(0, 6)
                .mapToObj(i ->
                    "{\"timestamp\":\"2026-01-05T10:00:00Z\",\"level\":\"INFO\",\"logger_name\":\"l\",\"message\":\"m\"}")
                .toList());
    JsonNode answer =
        described.check(
            "post " + SESSION + "/logs",
            422,
            agent.post("/agent/k/session/s/logs", "{\"logs\":[" + lines + "]}"));
    assertThat(answer.at("/detail/0/msg").asString()).contains("6 lines", "at most 5");
  }

  @Test
  @DisplayName("A1: operators of different instruments see only their agents")
  void operators_ofDifferentInstruments_seeOnlyTheirs() throws IOException {
    TestClient others = server.client(server.token("facility", "other", THEIRS, THEIRS));
    others.post(
        "/debug/sessions/create",
        "{\"agent_id\":\"x\",\"session_id\":\"t\",\"instrument_id\":\"m99\"}");
    String theirs = server.token("facility", "peter", THEIRS, List.of());
    try (RawConnection mine = watch("log_backlog=5", reading);
        RawConnection other = watch("log_backlog=5", theirs)) {
      assertThat(mine.readUntil("stream.live"))
          .contains("\"agent_id\":\"k\"")
          .doesNotContain("\"agent_id\":\"x\"");
      assertThat(other.readUntil("stream.live"))
          .contains("\"agent_id\":\"x\"")
          .doesNotContain("\"agent_id\":\"k\"");
      log("secret");
      others.post("/agent/x/session/t/heartbeat", "");
      assertThat(mine.readUntil("secret")).doesNotContain("\"agent_id\":\"x\"");
      assertThat(other.readUntil("\"status\":\"online\"")).doesNotContain("secret");
    }
    assertThat(
            described
                .check("get /debug/sessions", 200, operator.get("/debug/sessions"))
                .path("total_count")
                .asInt())
        .isOne();
    described.check("get /debug/connection-stats", 200, operator.get("/debug/connection-stats"));
    described.check(
        "get /debug/session/{session_id}/instructions",
        404,
        operator.get("/debug/session/t/instructions"));
    described.check(
        "post " + SESSION + "/heartbeat", 404, agent.post("/agent/x/session/t/heartbeat", ""));
    assertThat(operator.post("/agent/k/session/s/heartbeat", "").statusCode()).isEqualTo(403);
    assertThat(operator.get("/agent/k/session/s/instructions/stream").statusCode()).isEqualTo(403);
  }

  @Test
  void create_managed_isRefusedWithoutAgent_andAnsweredAsDescribed() {
    described.check(
        "post /debug/sessions/create-managed",
        422,
        agent.post("/debug/sessions/create-managed", "{\"agent_id\":\"\"}"));
    JsonNode missing =
        described.check(
            "post /debug/sessions/create-managed",
            422,
            agent.post("/debug/sessions/create-managed", "{}"));
    assertThat(missing.at("/detail/0/loc")).hasToString("[\"body\",\"agent_id\"]");
    described.check(
        "post /debug/sessions/create-managed",
        200,
        agent.post(
            "/debug/sessions/create-managed",
            "{\"agent_id\":\"k\",\"experimental_parameters\":{\"a\":1}}"));
    described.check(
        "post /debug/session/{session_id}/create-instruction",
        422,
        agent.post(
            "/debug/session/s/create-instruction",
            "{\"instruction_type\":\"x\",\"priority\":\"asap\"}"));
  }
}

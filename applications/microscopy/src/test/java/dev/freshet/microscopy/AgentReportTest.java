package dev.freshet.microscopy;

import static dev.freshet.microscopy.AgentData.agent;
import static dev.freshet.microscopy.AgentData.attend;
import static dev.freshet.microscopy.AgentData.events;
import static dev.freshet.microscopy.AgentData.follow;
import static dev.freshet.microscopy.AgentData.head;
import static dev.freshet.microscopy.AgentData.instruct;
import static dev.freshet.microscopy.AgentData.ok;
import static dev.freshet.microscopy.AgentData.path;
import static dev.freshet.microscopy.AgentData.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.application.Attendant;
import dev.freshet.event.Json;
import dev.freshet.microscopy.AgentData.Stub;
import dev.freshet.microscopy.AgentStatus.Liveness;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AgentReportTest {
  private final MovableClock clock = new MovableClock();
  private final Api api = Api.open(Microscopy.Settings.DEFAULT, clock);

  @BeforeEach
  void begin() {
    session(api, "k", "s", "'instrument_id':'m12'");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private AgentStatus status() {
    return agent(api, "m12", "k");
  }

  private void beat() {
    ok(api.post(path("k", "s") + "/heartbeat", ""));
  }

  private Api.Answer log(JsonNode... lines) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.putArray("logs").addAll(List.of(lines));
    return api.postJson(path("k", "s") + "/logs", body);
  }

  private static ObjectNode line(String message) {
    return Json.MAPPER
        .createObjectNode()
        .put("timestamp", "2026-01-05T09:59:59.5")
        .put("level", "WARNING")
        .put("logger_name", "epu.watch")
        .put("message", message);
  }

  private List<JsonNode> logged() {
    return AgentData.after(
        api, api.select("/frontend/events/stream?event_types=agent.log").orElseThrow(), 0);
  }

  @Test
  void status_beforeTheFirstSignOfLife_isOffline() {
    assertThat(status()).isEqualTo(new AgentStatus("k", Liveness.OFFLINE, "s", null, null, 0));
  }

  @Test
  void heartbeat_makesTheAgentOnline() {
    assertThat(ok(api.post(path("k", "s") + "/heartbeat", "")))
        .hasToString(
            "{\"status\":\"success\",\"agent_id\":\"k\",\"session_id\":\"s\","
                + "\"heartbeat_timestamp\":\"2026-01-05T10:00:00.000Z\",\"connection_id\":null}");
    assertThat(status())
        .isEqualTo(new AgentStatus("k", Liveness.ONLINE, "s", null, "2026-01-05T10:00:00.000Z", 0));
  }

  @Test
  void heartbeat_withStreams_namesTheNewest() {
    attend(follow(api, "k", "s"), new Stub("c1", false));
    assertThat(ok(api.post(path("k", "s") + "/heartbeat", "")).path("connection_id").asString())
        .isEqualTo("c1");
  }

  @Test
  @DisplayName("S5: a heartbeat that changes nothing appends nothing")
  void heartbeat_thatChangesNothing_appendsNothing() {
    beat();
    long before = head(api);
    beat();
    api.tick();
    assertThat(head(api)).isEqualTo(before);
    clock.seconds(1);
    beat();
    assertThat(events(api, "instruments/m12/agents/k/status", before)).hasSize(1);
  }

  @Test
  void silence_makesStaleThenOffline_aHeartbeatOnlineAgain() {
    beat();
    clock.seconds(89);
    api.tick();
    assertThat(status().status()).isEqualTo(Liveness.ONLINE);
    clock.seconds(1);
    api.tick();
    assertThat(status().status()).isEqualTo(Liveness.STALE);
    assertThat(status().lastHeartbeatAt()).isEqualTo("2026-01-05T10:00:00.000Z");
    clock.seconds(209);
    api.tick();
    assertThat(status().status()).isEqualTo(Liveness.STALE);
    clock.seconds(1);
    long before = head(api);
    api.tick();
    api.tick();
    assertThat(status().status()).isEqualTo(Liveness.OFFLINE);
    assertThat(head(api)).isEqualTo(before + 1);
    beat();
    assertThat(status().status()).isEqualTo(Liveness.ONLINE);
    clock.seconds(90);
    api.tick();
    assertThat(status().status()).isEqualTo(Liveness.STALE);
  }

  @Test
  void silence_pastBothAges_isOfflineAtOnce() {
    beat();
    clock.seconds(3600);
    long before = head(api);
    api.tick();
    assertThat(status().status()).isEqualTo(Liveness.OFFLINE);
    assertThat(head(api)).isEqualTo(before + 1);
  }

  @Test
  void clock_setBack_leavesTheAgentOnline() {
    beat();
    clock.seconds(-7200);
    api.tick();
    assertThat(status().status()).isEqualTo(Liveness.ONLINE);
    beat();
    assertThat(status().lastHeartbeatAt()).isEqualTo("2026-01-05T08:00:00.000Z");
    clock.seconds(90);
    api.tick();
    assertThat(status().status()).isEqualTo(Liveness.STALE);
  }

  @Test
  void signsOfLife_areLogsAcknowledgementsAndStreams() {
    clock.seconds(1);
    assertThat(log().status()).isEqualTo(200);
    assertThat(status().lastHeartbeatAt()).isEqualTo("2026-01-05T10:00:01.000Z");
    String id = instruct(api, "s", "'instruction_type':'a'");
    clock.seconds(1);
    assertThat(status().lastHeartbeatAt()).isEqualTo("2026-01-05T10:00:01.000Z");
    ok(AgentData.ack(api, "k", "s", id, "received"));
    assertThat(status().lastHeartbeatAt()).isEqualTo("2026-01-05T10:00:02.000Z");
    clock.seconds(1);
    attend(follow(api, "k", "s"), new Stub("c", true));
    assertThat(status().lastHeartbeatAt()).isEqualTo("2026-01-05T10:00:03.000Z");
    assertThat(status().status()).isEqualTo(Liveness.ONLINE);
  }

  @Test
  void connections_areCounted_andNotALifeSignWhenTheyClose() {
    Attendant first = attend(follow(api, "k", "s"), new Stub("c1", false));
    Attendant second = attend(follow(api, "k", "s"), new Stub("c2", false));
    assertThat(status().connectionCount()).isEqualTo(2);
    clock.seconds(5);
    first.closed("gone");
    assertThat(status().connectionCount()).isEqualTo(1);
    second.closed("gone");
    assertThat(status())
        .isEqualTo(new AgentStatus("k", Liveness.ONLINE, "s", null, "2026-01-05T10:00:00.000Z", 0));
  }

  @Test
  void restart_resetsConnections_andLooksAtAges() {
    attend(follow(api, "k", "s"), new Stub("c1", false));
    clock.seconds(100);
    Api next = api.restarted(Microscopy.Settings.DEFAULT);
    assertThat(status())
        .isEqualTo(new AgentStatus("k", Liveness.STALE, "s", null, "2026-01-05T10:00:00.000Z", 0));
    long before = head(api);
    next.tick();
    assertThat(head(api)).isEqualTo(before);
    clock.seconds(200);
    next.tick();
    assertThat(status().status()).isEqualTo(Liveness.OFFLINE);
  }

  @Test
  void restart_withOtherAges_holdsThem() {
    beat();
    clock.seconds(10);
    api.restarted(
        new Microscopy.Settings(
            java.time.Duration.ofSeconds(2), java.time.Duration.ofSeconds(5), 1, 1));
    assertThat(status().status()).isEqualTo(Liveness.OFFLINE);
  }

  @Test
  void connectionReports_tellOfOpenStreams() {
    String a = instruct(api, "s", "'instruction_type':'a'");
    instruct(api, "s", "'instruction_type':'b'");
    Attendant attendant = attend(follow(api, "k", "s"), new Stub("c1", true));
    attendant.delivered(head(api) - 5);
    ok(AgentData.ack(api, "k", "s", a, "received"));
    assertThat(ok(api.get("/debug/agent-connections")).path("active_connections"))
        .hasToString(
            ("[{'connection_id':'c1','agent_id':'k','session_id':'s','connection_type':'sse','status':'active',"
                    + "'created_at':'2026-01-05T10:00:00.000Z','last_heartbeat_at':'2026-01-05T10:00:00.000Z',"
                    + "'client_info':{'remote_address':'192.0.2.7','resumed':true}}]")
                .replace('\'', '"'));
    assertThat(ok(api.get("/debug/connection-stats")))
        .hasToString(
            "{\"active_connections\":1,\"active_sessions\":1,\"pending_instructions\":1,\"sent_instructions\":0,"
                + "\"total_instructions_pending\":1,\"timestamp\":\"2026-01-05T10:00:00.000Z\"}");
    attendant.closed("gone");
    assertThat(ok(api.get("/debug/agent-connections")).path("total_count").asInt()).isZero();
  }

  @Test
  void logs_areTold_withAscendingIds() {
    assertThat(ok(log(line("one"), line("two"))).path("stored").asInt()).isEqualTo(2);
    List<JsonNode> lines = logged();
    assertThat(lines.getFirst().toString())
        .startsWith("{\"id\":")
        .endsWith(
            ",\"agent_id\":\"k\",\"session_id\":\"s\",\"timestamp\":\"2026-01-05T09:59:59.5Z\","
                + "\"level\":\"WARNING\",\"logger_name\":\"epu.watch\",\"message\":\"one\"}");
    assertThat(lines.get(1).path("id").asLong()).isGreaterThan(lines.get(0).path("id").asLong());
    assertThat(Json.MAPPER.treeToValue(lines.get(1), AgentLog.class).message()).isEqualTo("two");
  }

  @Test
  void logs_tooMany_are422_andNoneIsStored() {
    JsonNode[] lines = IntStream.range(0, 501).mapToObj(i -> line("" + i)).toArray(JsonNode[]::new);
    long before = head(api);
    assertThat(log(lines))
        .hasToString(
            "422 {\"detail\":[{\"loc\":[\"body\",\"logs\"],\"msg\":\"has 501 lines; at most 500 in one request, "
                + "send several\",\"type\":\"value_error\"}]}");
    assertThat(head(api)).isEqualTo(before);
  }

  @Test
  void logs_badTime_is422_andNoneIsStored() {
    long before = head(api);
    Api.Answer answer = log(line("one"), line("two").put("timestamp", "noon"));
    assertThat(answer.body().at("/detail/0/loc"))
        .hasToString("[\"body\",\"logs\",1,\"timestamp\"]");
    assertThat(head(api)).isEqualTo(before);
  }

  @Test
  void logs_anyText_staysAsItIs() {
    String control =
        IntStream.range(0, 0x20).mapToObj(i -> "" + (char) i).collect(Collectors.joining());
    List<String> texts =
        List.of(
            "a\r\nb\rc\n\nd",
            control + "\u007f\u0085\u2028\u2029",
            "</script><!--",
            "data: x\nid: 7\n\n",
            "\uD83D\uDD2C µ Å",
            "",
            "x".repeat(300_000));
    ok(log(texts.stream().map(AgentReportTest::line).toArray(JsonNode[]::new)));
    assertThat(logged()).extracting(l -> l.path("message").asString()).isEqualTo(texts);
  }

  @Test
  void logs_halfASurrogatePair_isReplaced() {
    ok(log(line("a\ud800b"), line("\udc00")));
    assertThat(logged()).extracting(l -> l.path("message").asString()).containsExactly("a?b", "?");
  }

  @Test
  void logs_ofRandomText_areAlwaysOneFrameEach() {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      int length = random.nextInt(200);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < length; i++) text.append((char) random.nextInt(0x10000));
      ok(log(line(text.toString()).put("level", text.toString())));
    }
    assertThat(logged()).hasSize(50).allSatisfy(l -> assertThat(l.toString()).doesNotContain("\n"));
  }
}

package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.code;
import static dev.freshet.testkit.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.agents.Agents;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.run.RunSettings;
import dev.freshet.event.Json;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs that are reported, over the wire (PROTOCOL §8.9). */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AgentRunsTest {
  private static final String RUNS = "/api/agent/executions";
  private static final List<String> BEGIN = List.of("agents/runs");

  @TempDir private Path directory;
  private TestServer server;
  private String token;
  private TestClient ada;
  private TestClient bob;
  private Described described;

  @BeforeEach
  void start() {
    server = TestServer.durable(Map.of("stream.heartbeat", "1s"), new Agents(settings()));
    token = server.token("acme", "ada", List.of(), BEGIN);
    ada = server.client(token);
    bob = server.client(server.token("acme", "bob", List.of("**"), List.of("**")));
    described = new Described(ada.get("/openapi.json").body());
  }

  private RunSettings settings() {
    RunSettings all = RunSettings.in(directory);
    return new RunSettings(
        all.directory(),
        2,
        50,
        64,
        1000,
        1 << 20,
        Duration.ofSeconds(5),
        Duration.ofMinutes(5),
        Duration.ofDays(1));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String begin() {
    JsonNode run = described.check("post " + RUNS, 201, ada.post(RUNS, "{\"task\":\"Watch me\"}"));
    return run.path("executionId").asString();
  }

  private static String event(String type, String data) {
    return "{\"type\":\"" + type + "\",\"data\":" + data + "}";
  }

  private HttpResponse<String> report(String id, long after, String... events) {
    String body = "{\"after\":" + after + ",\"events\":[" + String.join(",", events) + "]}";
    return ada.post(RUNS + "/" + id + "/events", body);
  }

  private long reported(String id, long after, String... events) {
    JsonNode answer =
        described.check("post " + RUNS + "/{execution_id}/events", 200, report(id, after, events));
    return answer.path("sequence").asLong();
  }

  private static String delta(int at, String text) {
    ObjectNode data = Json.MAPPER.createObjectNode();
    data.put("thoughtId", "t").put("iteration", 1).put("kind", "reasoning");
    return event("thinking:delta", data.put("at", at).put("delta", text).toString());
  }

  private static String tool(String id) {
    return event("tool:start", "{\"callId\":\"" + id + "\",\"toolName\":\"x\",\"params\":{}}");
  }

  private static String toolDone(String id, String result) {
    return event(
        "tool:complete",
        "{\"callId\":\""
            + id
            + "\",\"toolName\":\"x\",\"status\":\"succeeded\",\"result\":"
            + result
            + ",\"error\":null,\"duration\":3,\"files\":[]}");
  }

  private static String complete(String result) {
    return event(
        "execution:complete", "{\"result\":" + result + ",\"duration\":9,\"tokensUsed\":0}");
  }

  private Execution read(String id) {
    JsonNode node =
        described.check("get " + RUNS + "/{execution_id}", 200, ada.get(RUNS + "/" + id));
    return Json.MAPPER.treeToValue(node, Execution.class);
  }

  private AgentStream stream(String id, String position) throws IOException {
    return AgentStream.open(server.port(), token, id, "", position);
  }

  @Test
  void lateViewer_inTheMiddleOfAThought_getsTheRunSoFarAndThenTheRest_U1() throws IOException {
    String id = begin();
    reported(
        id, 1, event("phase:start", "{\"phaseId\":\"p\",\"phaseName\":\"P\",\"phaseIndex\":0}"));
    reported(id, 2, delta(0, "Half a "));
    try (AgentStream late = stream(id, "")) {
      AgentStream.Frame snapshot = late.until("execution:snapshot");
      assertThat(snapshot.id()).isEmpty();
      late.until("stream.live");
      assertThat(late.execution()).isEqualTo(read(id));
      reported(id, 3, delta(7, "thought"));
      reported(
          id,
          4,
          event(
              "thinking",
              "{\"thoughtId\":\"t\",\"iteration\":1,\"kind\":\"reasoning\",\"thought\":\"Half a thought\",\"streamed\":true}"),
          tool("c"),
          toolDone("c", "7"));
      late.until("tool:complete");
      assertThat(late.execution()).isEqualTo(read(id));
      ada.post(RUNS + "/" + id + "/cancel", "{}");
      late.all();
      assertThat(late.types()).endsWith("execution:cancelled", "stream.end");
      assertThat(late.execution()).isEqualTo(read(id));
    }
  }

  @Test
  void viewer_resumedAfterEachEvent_getsExactlyTheOnesAfterIt_U2() throws IOException {
    String id = whole();
    List<AgentStream.Frame> events;
    String end;
    try (AgentStream replay = stream(id, "")) {
      replay.all();
      events = replay.events();
      assertThat(replay.types()).startsWith("stream.open", "execution:started");
      assertThat(replay.execution()).isEqualTo(read(id));
      end = replay.last().id();
    }
    for (int i = 0; i < events.size(); i++) {
      try (AgentStream resumed = stream(id, events.get(i).id())) {
        resumed.all();
        assertThat(resumed.events()).isEqualTo(events.subList(i + 1, events.size()));
      }
    }
    try (AgentStream over = stream(id, end)) {
      assertThat(over.head()).startsWith("HTTP/1.1 204");
    }
  }

  /** A run that has ended; its sequence is 8. */
  private String whole() {
    String id = begin();
    reported(id, 1, delta(0, "a"), delta(1, "b"));
    reported(
        id,
        3,
        event(
            "thinking",
            "{\"thoughtId\":\"t\",\"iteration\":1,\"kind\":\"reasoning\",\"thought\":\"ab\",\"streamed\":true}"),
        tool("c"),
        toolDone("c", "null"));
    reported(
        id,
        6,
        event(
            "usage:updated",
            "{\"usage\":{\"inputTokens\":1,\"outputTokens\":1,\"totalTokens\":2,\"cost\":null,\"iterations\":1}}"));
    reported(id, 7, complete("\"done\""));
    return id;
  }

  @Test
  void runOfManySteps_isKeptInPagesAndShownWhole_U1() throws IOException {
    String id = begin();
    long sequence = 1;
    for (int batch = 0; batch < 12; batch++) {
      List<String> events = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String call = "c" + batch + "-" + i;
        events.add(tool(call));
        if (i != 7) events.add(toolDone(call, "\"" + "r".repeat(60) + "\""));
      }
      sequence = reported(id, sequence, events.toArray(String[]::new));
    }
    Execution run = read(id);
    assertThat(run.steps()).hasSize(600);
    try (AgentStream late = stream(id, "")) {
      late.until("stream.live");
      assertThat(late.execution()).isEqualTo(run);
      reported(id, sequence, toolDone("c3-7", "1"));
      late.until("tool:complete");
      assertThat(late.execution()).isEqualTo(read(id));
    }
    Execution before = read(id);
    server.kill();
    server.begin();
    assertThat(read(id)).isEqualTo(before);
    reported(id, sequence + 1, toolDone("c11-7", "1"));
    assertThat(report(id, sequence + 2, tool("c0-0")).statusCode()).isEqualTo(422);
    assertThat(read(id).steps()).hasSize(600);
  }

  @Test
  void batch_thatBreaksARule_isRefusedWhole_L4() {
    String id = begin();
    HttpResponse<String> refused = report(id, 1, tool("c"), toolDone("d", "1"));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(code(refused)).isEqualTo("event_order");
    assertThat(json(refused).path("detail").asString()).contains("event 1", "G5");
    assertThat(read(id).sequence()).isEqualTo(1);
    assertThat(reported(id, 1, tool("c"))).isEqualTo(2);
  }

  @Test
  void reporter_thatLostAnAnswer_learnsWhatArrived() {
    String id = begin();
    reported(id, 1, tool("c"));
    HttpResponse<String> again = report(id, 1, tool("c"));
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(code(again)).isEqualTo("sequence_mismatch");
    assertThat(json(again).path("current").asLong()).isEqualTo(2);
  }

  @Test
  void endedRun_takesNoMore() {
    String id = whole();
    assertThat(code(report(id, 8, tool("d")))).isEqualTo("execution_finished");
    HttpResponse<String> cancelled = ada.post(RUNS + "/" + id + "/cancel", "{}");
    assertThat(cancelled.statusCode()).isEqualTo(409);
    assertThat(code(cancelled)).isEqualTo("execution_finished");
  }

  @Test
  void eventsThatAreNone_areRefused() {
    String id = begin();
    assertThat(report(id, 1, event("tool:begin", "{}")).statusCode()).isEqualTo(422);
    assertThat(report(id, 1, event("execution:started", "{}")).statusCode()).isEqualTo(422);
    assertThat(report(id, 1, event("tool:start", "{}")).statusCode()).isEqualTo(422);
    assertThat(
            report(
                    id,
                    1,
                    event("tool:start", "{\"callId\":\"a/b\",\"toolName\":\"x\",\"params\":{}}"))
                .statusCode())
        .isEqualTo(422);
    assertThat(
            report(
                    id,
                    1,
                    event("tool:start", "{\"callId\":\"a\",\"toolName\":\"x\",\"params\":[]}"))
                .statusCode())
        .isEqualTo(422);
    assertThat(report(id, 1, delta(0, "x".repeat(1001))).statusCode()).isEqualTo(413);
    assertThat(read(id).sequence()).isEqualTo(1);
  }

  @Test
  void sameExternalId_isTheSameRun_L3() {
    String body = "{\"task\":\"x\",\"externalId\":\"mine\"}";
    String id =
        described.check("post " + RUNS, 201, ada.post(RUNS, body)).path("executionId").asString();
    JsonNode again = described.check("post " + RUNS, 200, ada.post(RUNS, body));
    assertThat(again.path("executionId").asString()).isEqualTo(id);
    assertThat(json(bob.post(RUNS, body)).path("executionId").asString()).isNotEqualTo(id);
  }

  @Test
  void approval_isAnsweredOnce() {
    String id = begin();
    reported(
        id,
        1,
        event(
            "approval:requested",
            "{\"approvalId\":\"a\",\"callId\":\"c\",\"toolName\":\"x\",\"params\":{},\"expiresAt\":null}"));
    assertThat(read(id).status().wire()).isEqualTo("waiting");
    String approval = RUNS + "/" + id + "/approvals/a";
    String route = "post " + RUNS + "/{execution_id}/approvals/{approval_id}";
    assertThat(
            ada.post(RUNS + "/" + id + "/approvals/b", "{\"decision\":\"approve\"}").statusCode())
        .isEqualTo(404);
    described.check(route, 200, ada.post(approval, "{\"decision\":\"approve\"}"));
    JsonNode same = described.check(route, 200, ada.post(approval, "{\"decision\":\"approve\"}"));
    assertThat(same.path("sequence").asLong()).isEqualTo(3);
    HttpResponse<String> other = ada.post(approval, "{\"decision\":\"reject\"}");
    assertThat(code(other)).isEqualTo("approval_resolved");
    assertThat(report(id, 2, tool("c")).statusCode()).isEqualTo(409);
    reported(id, 3, tool("c"));
  }

  @Test
  void viewers_seeTheRunUntilTheyAreWithdrawn_A3() throws IOException {
    String id = begin();
    String bobToken = server.token("acme", "bob", List.of("**"), List.of("**"));
    assertThat(bob.get(RUNS + "/" + id).statusCode()).isEqualTo(404);
    described.check(
        "put " + RUNS + "/{execution_id}/viewers",
        200,
        ada.put(RUNS + "/" + id + "/viewers", "{\"viewers\":[\"bob\",\"eve\"]}"));
    assertThat(bob.get(RUNS + "/" + id).statusCode()).isEqualTo(200);
    assertThat(bob.post(RUNS + "/" + id + "/cancel", "{}").statusCode()).isEqualTo(403);
    try (AgentStream watching = AgentStream.open(server.port(), bobToken, id, "", "")) {
      watching.until("stream.live");
      assertThat(watching.execution().viewers()).containsExactly("bob", "eve");
      long begin = System.nanoTime();
      ada.put(RUNS + "/" + id + "/viewers", "{\"viewers\":[\"eve\"]}");
      assertThat(watching.until("stream.end").data().path("reason").asString())
          .isEqualTo("revoked");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    }
    assertThat(bob.get(RUNS + "/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void viewerWhoWaitsForAPage_andIsWithdrawn_isToldNothingMore_A3() throws InterruptedException {
    String id = begin();
    String stream = "/api/agent/stream/" + id;
    ada.put(RUNS + "/" + id + "/viewers", "{\"viewers\":[\"bob\"]}");
    String position =
        json(bob.get(stream, "Accept", "application/json")).path("position").asString();
    String next = stream + "?wait=20&after=" + position;
    CompletableFuture<HttpResponse<String>> page =
        CompletableFuture.supplyAsync(() -> bob.get(next, "Accept", "application/json"));
    Thread.sleep(500);
    ada.put(RUNS + "/" + id + "/viewers", "{\"viewers\":[]}");
    reported(id, 1, delta(0, "secret"));
    assertThat(page.join().statusCode()).isEqualTo(404);
  }

  @Test
  void othersRun_isNotThereOnAnyRoute_A1() throws IOException {
    String id = whole();
    String path = RUNS + "/" + id;
    List<TestClient> strangers =
        List.of(
            bob,
            server.client(server.token("acme", "eve", List.of("agents/**", "$freshet/**"), BEGIN)),
            server.client(
                server.token(
                    "other", "ada", List.of("**", "$agents/**"), List.of("**", "$agents/**"))));
    for (TestClient stranger : strangers) {
      List<HttpResponse<String>> answers =
          List.of(
              stranger.get(path),
              stranger.get("/api/agent/stream/" + id),
              stranger.get("/api/agent/stream/" + id, "Accept", "application/json"),
              stranger.post(path + "/events", "{\"after\":1,\"events\":[" + tool("z") + "]}"),
              stranger.post(path + "/cancel", "{}"),
              stranger.post(path + "/approvals/a", "{\"decision\":\"approve\"}"),
              stranger.put(path + "/viewers", "{\"viewers\":[\"bob\"]}"),
              stranger.get(path + "/files"),
              stranger.get(path + "/files/a.txt"),
              stranger.get(path + "/results/c"),
              stranger.get(path + "/result"),
              stranger.delete(path));
      assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(404));
      assertThat(json(stranger.get(RUNS)).path("executions")).isEmpty();
      assertThat(stranger.get("/v1/state/$agents/runs/" + id).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void grant_letsOthersReadAndChange() {
    String id = begin();
    TestClient reader =
        server.client(server.token("acme", "r", List.of("$agents/runs/*"), List.of()));
    TestClient writer =
        server.client(server.token("acme", "w", List.of("$agents/**"), List.of("$agents/runs/*")));
    assertThat(reader.get(RUNS + "/" + id).statusCode()).isEqualTo(200);
    assertThat(reader.post(RUNS + "/" + id + "/cancel", "{}").statusCode()).isEqualTo(403);
    assertThat(json(reader.get(RUNS)).path("executions")).hasSize(1);
    assertThat(writer.post(RUNS + "/" + id + "/cancel", "{\"reason\":\"no\"}").statusCode())
        .isEqualTo(200);
    Execution run = read(id);
    assertThat(run.cancelled().by()).isEqualTo("w");
    assertThat(run.cancelled().reason()).isEqualTo("no");
  }

  @Test
  void service_reportsForOthers_ifItMay() {
    TestClient service =
        server.client(
            server.token(
                "acme",
                "service",
                List.of("$agents/runs/*"),
                List.of("agents/runs", "$agents/runs/*")));
    String body = "{\"task\":\"x\",\"owner\":\"ada\"}";
    String id = json(service.post(RUNS, body)).path("executionId").asString();
    String events = "{\"after\":1,\"events\":[" + tool("c") + "]}";
    assertThat(service.post(RUNS + "/" + id + "/events", events).statusCode()).isEqualTo(200);
    assertThat(read(id).owner()).isEqualTo("ada");
    assertThat(ada.post(RUNS + "/" + id + "/cancel", "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void eventLargerThanOneMayBe_isRefused_R1() {
    String id = begin();
    reported(id, 1, tool("c"));
    String files = "{\"path\":\"" + "f".repeat(900) + "\",\"bytes\":1},";
    String done =
        toolDone("c", "1").replace("\"files\":[]", "\"files\":[" + files.repeat(2000) + "]");
    HttpResponse<String> refused = report(id, 2, done.replace("},]", "}]"));
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(code(refused)).isEqualTo("event_too_large");
    assertThat(reported(id, 2, toolDone("c", "1"))).isEqualTo(3);
  }

  @Test
  void beginning_needsAGrant() {
    TestClient reader = server.client(server.token("acme", "r", List.of("**"), List.of("other")));
    assertThat(reader.post(RUNS, "{\"task\":\"x\"}").statusCode()).isEqualTo(403);
    assertThat(ada.post(RUNS, "{\"task\":\"x\",\"owner\":\"bob\"}").statusCode()).isEqualTo(403);
    assertThat(code(ada.post("/api/agent/execute", "{\"task\":\"x\"}")))
        .isEqualTo("kind_unavailable");
  }

  @Test
  void wireOutput_thatIsWild_breaksNoFrame_A5() throws IOException {
    String id = begin();
    String wild =
        IntStream.range(0, 256).mapToObj(i -> String.valueOf((char) i)).reduce("", String::concat);
    String text = wild + "\r\n\r\nevent: x\ndata: y\n\n\u2028\u2029\ud800 \udc00" + "z".repeat(40);
    String result =
        Json.from(text).toString().replace("\ud800", "\\ud800").replace("\udc00", "\\udc00");
    try (AgentStream watching = stream(id, "")) {
      watching.until("stream.live");
      reported(id, 1, tool("c"));
      reported(id, 2, toolDone("c", result));
      AgentStream.Frame frame = watching.until("tool:complete");
      String preview = frame.data().path("result").path("preview").asString();
      assertThat(preview).hasSize(64).contains("\ufffd");
      assertThat(frame.data().path("result").path("href").asString()).isEqualTo("results/c");
    }
    JsonNode whole =
        described.check(
            "get " + RUNS + "/{execution_id}/results/{call_id}",
            200,
            ada.get(RUNS + "/" + id + "/results/c"));
    String kept = whole.path("result").asString();
    assertThat(kept)
        .endsWith("z".repeat(40))
        .doesNotContain("\r")
        .contains("event: x\ndata: y\n\n");
    assertThat(kept.chars().filter(Character::isISOControl).distinct().boxed()).containsOnly(9, 10);
  }

  @Test
  void files_areServedAsAttachments_andNoPathLeaves() throws IOException {
    String id = begin();
    Path own = Files.createDirectories(directory.resolve("acme").resolve(id).resolve("site"));
    Files.writeString(own.resolve("index.html"), "<script>alert(1)</script>");
    Files.writeString(directory.resolve("acme").resolve("secret"), "s");
    Files.createSymbolicLink(own.resolve("link"), directory.resolve("acme").resolve("secret"));
    Files.createSymbolicLink(own.resolve("dir"), directory);
    JsonNode listed =
        described.check(
            "get " + RUNS + "/{execution_id}/files", 200, ada.get(RUNS + "/" + id + "/files"));
    assertThat(listed.path("files")).hasSize(1);
    assertThat(listed.at("/files/0/path").asString()).isEqualTo("site/index.html");
    HttpResponse<String> file = ada.get(RUNS + "/" + id + "/files/site/index.html");
    assertThat(file.body()).isEqualTo("<script>alert(1)</script>");
    assertThat(file.headers().firstValue("content-type")).hasValue("application/octet-stream");
    assertThat(file.headers().firstValue("content-disposition").orElseThrow())
        .startsWith("attachment");
    assertThat(file.headers().firstValue("content-security-policy").orElseThrow())
        .contains("sandbox");
    assertThat(file.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    for (String path :
        List.of(
            "..%2Fsecret",
            "site/link", "site/dir/acme/secret", "site", "site/..%5Csecret", "%2Fetc%2Fpasswd"))
      assertThat(ada.get(RUNS + "/" + id + "/files/" + path).statusCode()).as(path).isEqualTo(404);
  }

  @Test
  void deletedRun_isGoneWithItsFiles() throws IOException {
    String id = begin();
    Path own = Files.createDirectories(directory.resolve("acme").resolve(id));
    Files.writeString(own.resolve("a"), "a");
    reported(id, 1, tool("c"), toolDone("c", "\"" + "x".repeat(200) + "\""));
    try (AgentStream watching = stream(id, "")) {
      watching.until("stream.live");
      described.check("delete " + RUNS + "/{execution_id}", 204, ada.delete(RUNS + "/" + id));
      watching.all();
      assertThat(watching.types()).endsWith("execution:cancelled", "stream.end");
    }
    assertThat(own).doesNotExist();
    assertThat(ada.get(RUNS + "/" + id).statusCode()).isEqualTo(404);
    assertThat(ada.get("/api/agent/stream/" + id).statusCode()).isEqualTo(404);
    assertThat(json(ada.get(RUNS)).path("executions")).isEmpty();
  }

  @Test
  void list_isNewestFirstAndPaged() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) ids.addFirst(begin());
    ada.post(RUNS + "/" + ids.get(1) + "/cancel", "{}");
    JsonNode page = described.check("get " + RUNS, 200, ada.get(RUNS + "?limit=3"));
    JsonNode rest = json(ada.get(RUNS + "?limit=3&cursor=" + page.path("cursor").asString()));
    List<String> listed = new ArrayList<>();
    ((ArrayNode) page.path("executions"))
        .forEach(run -> listed.add(run.path("executionId").asString()));
    rest.path("executions").forEach(run -> listed.add(run.path("executionId").asString()));
    assertThat(listed).isEqualTo(ids);
    assertThat(rest.path("cursor").isNull()).isTrue();
    assertThat(json(ada.get(RUNS + "?status=cancelled")).path("executions")).hasSize(1);
    assertThat(ada.get(RUNS + "?status=gone").statusCode()).isEqualTo(422);
  }

  @Test
  void withoutDeltas_aThoughtShowsWhole() throws IOException {
    String id = whole();
    try (AgentStream quiet = AgentStream.open(server.port(), token, id, "?deltas=false", "")) {
      quiet.all();
      assertThat(quiet.types()).contains("thinking").doesNotContain("thinking:delta");
    }
  }

  @Test
  void drain_letsAViewerGoOn_R3() throws IOException {
    String id = begin();
    String position;
    try (AgentStream watching = stream(id, "")) {
      watching.until("stream.live");
      reported(id, 1, tool("c"));
      position = watching.until("tool:start").id();
      server.stop();
      assertThat(watching.until("stream.end").data().path("reason").asString()).isEqualTo("drain");
    }
    server.begin();
    reported(id, 2, toolDone("c", "1"));
    try (AgentStream resumed = stream(id, position)) {
      resumed.until("stream.live");
      assertThat(resumed.events())
          .singleElement()
          .extracting(AgentStream.Frame::type)
          .isEqualTo("tool:complete");
    }
  }

  @Test
  void tooManyRuns_areRefused_R1() {
    for (int i = 0; i < 50; i++) begin();
    HttpResponse<String> refused = ada.post(RUNS, "{\"task\":\"x\"}");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(code(refused)).isEqualTo("too_many_executions");
    assertThat(refused.headers().firstValue("retry-after")).isPresent();
  }

  @Test
  void viewerOfARun_thatRetentionHasTakenEventsOf_isToldAndGetsTheWhole_U3() throws IOException {
    try (TestServer brief =
        TestServer.start(
            Map.of("log.retention", "$agents/** age=7d count=8 bytes=1GiB"),
            new Agents(settings()))) {
      String owner = brief.token("acme", "ada", List.of(), BEGIN);
      ada = brief.client(owner);
      String id = json(ada.post(RUNS, "{\"task\":\"x\"}")).path("executionId").asString();
      for (int i = 0; i < 10; i++) reportTo(id, 1 + 2 * i, tool("c" + i), toolDone("c" + i, "1"));
      reportTo(id, 21, complete("\"done\""));
      brief.freshet().tenant("acme").log().retain();
      Execution run = Json.MAPPER.readValue(ada.get(RUNS + "/" + id).body(), Execution.class);
      assertThat(run.steps()).hasSize(10);
      for (String query : List.of("", "?after=earliest")) {
        try (AgentStream stream = AgentStream.open(brief.port(), owner, id, query, "")) {
          stream.all();
          assertThat(stream.types())
              .containsExactly(
                  "stream.open", "stream.reset", "execution:snapshot", "stream.live", "stream.end");
          assertThat(stream.execution()).isEqualTo(run);
        }
      }
    }
  }

  private void reportTo(String id, long after, String... events) {
    assertThat(report(id, after, events).statusCode()).isEqualTo(200);
  }

  @Test
  void runs_areCounted() {
    whole();
    assertThat(server.metric("freshet_agents_ended_total{status=\"completed\"}")).isEqualTo(1);
    assertThat(server.metric("freshet_agents_tokens_total")).isEqualTo(2);
    assertThat(server.metric("freshet_agents_events_total{type=\"thinking:delta\"}")).isEqualTo(2);
    assertThat(server.metric("freshet_agents_open")).isZero();
    begin();
    assertThat(server.metric("freshet_agents_open")).isEqualTo(1);
  }

  @Test
  void page_isWhatAStreamWouldBe() {
    String id = whole();
    JsonNode page = json(ada.get("/api/agent/stream/" + id, "Accept", "application/json"));
    assertThat(page.path("events")).hasSize(8);
    assertThat(page.at("/events/0/type").asString()).isEqualTo("execution:started");
    assertThat(page.at("/end/reason").asString()).isEqualTo("completed");
    String rest = "/api/agent/stream/" + id + "?after=" + page.path("position").asString();
    assertThat(ada.get(rest, "Accept", "application/json").statusCode()).isEqualTo(204);
  }

  @Test
  void etag_tellsWhetherItChanged() {
    String id = begin();
    String tag = ada.get(RUNS + "/" + id).headers().firstValue("etag").orElseThrow();
    assertThat(ada.get(RUNS + "/" + id, "If-None-Match", tag).statusCode()).isEqualTo(304);
    reported(id, 1, tool("c"));
    assertThat(ada.get(RUNS + "/" + id, "If-None-Match", tag).statusCode()).isEqualTo(200);
  }

  @Test
  void clients_writeNothingIntoRuns() {
    String id = begin();
    TestClient all =
        server.client(
            server.token("acme", "x", List.of("$agents/**"), List.of("$agents/**", "**")));
    String event = "{\"topic\":\"$agents/runs/" + id + "\",\"type\":\"tool:start\"}";
    assertThat(all.post("/v1/events", event).statusCode()).isIn(403, 409, 422);
    await().untilAsserted(() -> assertThat(read(id).sequence()).isEqualTo(1));
  }
}

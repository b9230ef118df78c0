package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.code;
import static dev.freshet.testkit.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.agents.Agents;
import dev.freshet.agents.run.RunSettings;
import dev.freshet.event.Json;
import dev.freshet.testkit.RawConnection;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs as AG-UI's clients get them, over the wire (PROTOCOL §8.9, AG-UI). */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AgUiTest {
  private static final String PATH = "/api/agent/ag-ui";
  private static final List<String> BEGIN = List.of("agents/runs");

  @TempDir private Path directory;
  private final Clerk clerk = new Clerk();
  private TestServer server;
  private String token;
  private TestClient ada;

  /** One of AG-UI's events, as it was on the wire. */
  private record Event(String id, JsonNode data) {
    String type() {
      return data.path("type").asString();
    }
  }

  @BeforeEach
  void start() {
    Agents agents = new Agents(RunSettings.in(directory), Optional.of(clerk));
    server = TestServer.durable(Map.of("stream.heartbeat", "1s"), agents);
    token = server.token("acme", "ada", List.of(), BEGIN);
    ada = server.client(token);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static ObjectNode input(String runId, String task) {
    ObjectNode input = Json.MAPPER.createObjectNode();
    input.put("threadId", "thread").put("runId", runId).put("protocolVersion", "1.0");
    input.putObject("state").put("theirs", true);
    input.putArray("tools").addObject().put("name", "theirs").put("description", "A page's own");
    input.putArray("messages").addObject().put("id", "m").put("role", "user").put("content", task);
    input.putArray("context");
    input.putObject("forwardedProps");
    return input;
  }

  private static ObjectNode answering(String runId, JsonNode interrupt, String payload) {
    ObjectNode input = input(runId, "ask");
    ObjectNode entry = input.putArray("resume").addObject();
    entry.put("interruptId", interrupt.path("id").asString()).put("status", "resolved");
    entry.set("payload", Json.parse(payload).node());
    return input;
  }

  private HttpResponse<String> post(ObjectNode input, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Accept";
    all[headers.length + 1] = "text/event-stream";
    return ada.post(PATH, input.toString(), all);
  }

  private List<Event> run(ObjectNode input, String... headers) {
    HttpResponse<String> answer = post(input, headers);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type"))
        .contains("text/event-stream; charset=utf-8");
    return events(answer.body());
  }

  private static List<Event> events(String stream) {
    assertThat(stream).doesNotContain("\r", "\nevent:");
    List<Event> events = new ArrayList<>();
    for (String block : stream.split("\n\n", -1)) {
      String id = "";
      String data = "";
      for (String line : block.split("\n", -1)) {
        if (line.startsWith("id: ")) id = line.substring(4);
        if (line.startsWith("data: ")) data = line.substring(6);
      }
      if (!data.isEmpty()) events.add(new Event(id, Json.MAPPER.readTree(data)));
    }
    return events;
  }

  private static List<String> types(List<Event> events) {
    return events.stream().map(Event::type).toList();
  }

  private int executions() {
    return json(ada.get("/api/agent/executions")).path("executions").size();
  }

  private static JsonNode interrupt(List<Event> events) {
    return events.getLast().data().path("outcome").path("interrupts").path(0);
  }

  @Test
  void task_isCarriedOut_inEventsOfAgUi() {
    List<Event> events = run(input("r1", "answer"));
    assertThat(types(events))
        .containsExactly(
            "RUN_STARTED",
            "STATE_SNAPSHOT",
            "STATE_DELTA",
            "STEP_STARTED",
            "REASONING_START",
            "REASONING_MESSAGE_START",
            "REASONING_MESSAGE_CONTENT",
            "REASONING_MESSAGE_CONTENT",
            "REASONING_MESSAGE_END",
            "REASONING_END",
            "TOOL_CALL_START",
            "TOOL_CALL_ARGS",
            "TOOL_CALL_END",
            "TOOL_CALL_RESULT",
            "TEXT_MESSAGE_START",
            "TEXT_MESSAGE_CONTENT",
            "TEXT_MESSAGE_END",
            "STATE_DELTA",
            "STEP_FINISHED",
            "STATE_DELTA",
            "RUN_FINISHED");
    assertThat(events.getFirst().data().path("runId").asString()).isEqualTo("r1");
    assertThat(events.getLast().data().path("result").asString()).isEqualTo("done");
    assertThat(events.getLast().data().path("outcome").path("type").asString())
        .isEqualTo("success");
  }

  @Test
  void whatElseIsSent_isToldToTheAgent() {
    ObjectNode input = input("r1", "");
    ((ObjectNode) input.path("messages").path(0)).put("content", "Who are you?");
    input
        .withArray("messages")
        .addObject()
        .put("id", "n")
        .put("role", "assistant")
        .put("content", "Ada's clerk.");
    ObjectNode last = input.withArray("messages").addObject().put("id", "o").put("role", "user");
    last.putArray("content").addObject().put("type", "text").put("text", "answer");
    last.withArray("content").addObject().put("type", "image").putObject("source");
    input.withArray("context").addObject().put("description", "Place").put("value", "Kew");
    input.withObject("forwardedProps").put("model", "one");
    Event said =
        run(input).stream()
            .filter(event -> event.type().equals("TEXT_MESSAGE_CONTENT"))
            .findFirst()
            .orElseThrow();
    assertThat(said.data().path("delta").asString())
        .isEqualTo("I was told Place:\nKew\n\nuser: Who are you?\nassistant: Ada's clerk.");
  }

  @Test
  void sameRunAgain_attaches_fromTheBeginningOrAfterAnyPosition_U2() {
    List<Event> all = run(input("r1", "answer"));
    assertThat(run(input("r1", "another task")).stream().map(Event::id).toList())
        .isEqualTo(all.stream().map(Event::id).toList());
    for (int i = 0; i < all.size() - 1; i++) {
      if (all.get(i).id().isEmpty()) continue;
      assertThat(run(input("r1", "answer"), "Last-Event-ID", all.get(i).id()))
          .isEqualTo(all.subList(i + 1, all.size()));
    }
    HttpResponse<String> after = post(input("r1", "answer"), "Last-Event-ID", all.getLast().id());
    assertThat(events(after.body())).isEmpty();
    assertThat(executions()).isEqualTo(1);
  }

  @Test
  void clientThatGoesInTheMiddle_endsNothing_andGoesOnWhereItWas() throws IOException {
    String body = input("r1", "wait").toString();
    String heard;
    try (RawConnection connection = RawConnection.open(server.port())) {
      connection.head(
          "POST " + PATH + " HTTP/1.1",
          "Host: x",
          "Authorization: Bearer " + token,
          "Content-Type: application/json",
          "Accept: text/event-stream",
          "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
      connection.send(body);
      connection.readUntil("\r\n\r\n");
      heard = connection.readUntil("\"One \"}\n\n");
    }
    List<Event> before = events(heard);
    assertThat(types(before)).startsWith("RUN_STARTED").endsWith("TEXT_MESSAGE_CONTENT");
    clerk.words.add("two.");
    List<Event> after = run(input("r1", "wait"), "Last-Event-ID", before.getLast().id());
    assertThat(types(after))
        .containsExactly(
            "TEXT_MESSAGE_CONTENT",
            "TEXT_MESSAGE_END",
            "STATE_DELTA",
            "STEP_FINISHED",
            "STATE_DELTA",
            "RUN_FINISHED");
    List<Event> whole = new ArrayList<>(before);
    whole.addAll(after);
    assertThat(run(input("r1", "wait")).stream().skip(1).toList())
        .isEqualTo(whole.stream().skip(1).toList());
  }

  @Test
  void runBegunAgainByWhoHasHeardSomeOfIt_takesThatBackFirst() {
    List<Event> once = run(input("r1", "answer"));
    String thought =
        once.stream()
            .filter(event -> event.type().equals("REASONING_START"))
            .map(event -> event.data().path("messageId").asString())
            .findFirst()
            .orElseThrow();
    ObjectNode again = input("r1", "answer");
    again
        .withArray("messages")
        .addObject()
        .put("id", thought)
        .put("role", "reasoning")
        .put("content", "Let ");
    List<Event> events = run(again);
    assertThat(types(events)).startsWith("RUN_STARTED", "MESSAGES_SNAPSHOT", "STATE_SNAPSHOT");
    JsonNode messages = events.get(1).data().path("messages");
    assertThat(messages).hasSize(2);
    assertThat(messages.path(0).path("content").asString()).isEqualTo("answer");
    assertThat(messages.path(1).path("content").asString()).isEmpty();
  }

  @Test
  void approval_interrupts_andItsAnswerGoesOnWithTheSameExecution() {
    List<Event> first = run(input("r1", "ask"));
    assertThat(types(first))
        .endsWith(
            "TOOL_CALL_START",
            "TOOL_CALL_ARGS",
            "TOOL_CALL_END",
            "STEP_FINISHED",
            "STATE_DELTA",
            "RUN_FINISHED");
    JsonNode interrupt = interrupt(first);
    assertThat(interrupt.path("reason").asString()).isEqualTo("tool_call");
    assertThat(interrupt.path("toolCallId"))
        .isEqualTo(
            first.stream()
                .filter(event -> event.type().equals("TOOL_CALL_START"))
                .map(event -> event.data().path("toolCallId"))
                .findFirst()
                .orElseThrow());
    assertThat(post(input("r1", "ask"), "Last-Event-ID", first.getLast().id()).statusCode())
        .isEqualTo(204);
    ObjectNode yes = answering("r2", interrupt, "{\"approved\":true,\"reason\":\"Go.\"}");
    List<Event> second = run(yes);
    assertThat(types(second))
        .containsExactly(
            "RUN_STARTED",
            "STATE_SNAPSHOT",
            "STEP_STARTED",
            "STATE_DELTA",
            "TOOL_CALL_RESULT",
            "STATE_DELTA",
            "STEP_FINISHED",
            "STATE_DELTA",
            "RUN_FINISHED");
    assertThat(second.getFirst().data().path("runId").asString()).isEqualTo("r2");
    assertThat(second.getLast().data().path("result").asString()).isEqualTo("approved: Go.");
    assertThat(types(run(yes))).isEqualTo(types(second));
    assertThat(types(run(input("r2", "ask")))).isEqualTo(types(second));
    assertThat(types(run(input("r1", "ask")))).isEqualTo(types(first));
    String at = second.get(4).id();
    assertThat(run(yes, "Last-Event-ID", at)).isEqualTo(second.subList(5, second.size()));
    assertThat(run(yes, "Last-Event-ID", first.getFirst().id().isEmpty() ? first.get(1).id() : ""))
        .hasSameSizeAs(second);
    HttpResponse<String> no = post(answering("r3", interrupt, "{\"approved\":false}"));
    assertThat(no.statusCode()).isEqualTo(409);
    assertThat(code(no)).isEqualTo("approval_resolved");
    assertThat(executions()).isEqualTo(1);
  }

  @Test
  void approvalThatIsRefused_orAbandoned_isToldToTheAgent() {
    JsonNode asked = interrupt(run(input("r1", "ask")));
    List<Event> refused = run(answering("r2", asked, "{\"approved\":false,\"reason\":\"No.\"}"));
    assertThat(refused.getLast().data().path("result").asString()).isEqualTo("rejected: No.");
    assertThat(types(refused)).contains("TOOL_CALL_RESULT");
    ObjectNode input = input("r4", "ask");
    JsonNode again = interrupt(run(input("r3", "ask")));
    ObjectNode entry = input.putArray("resume").addObject();
    entry.put("interruptId", again.path("id").asString()).put("status", "cancelled");
    assertThat(run(input).getLast().data().path("result").asString()).startsWith("rejected: ");
  }

  @Test
  void runThatFails_endsWithAnError() {
    List<Event> events = run(input("r1", "fail"));
    assertThat(types(events)).endsWith("STEP_FINISHED", "STATE_DELTA", "RUN_ERROR");
    assertThat(events.getLast().data().path("message").asString()).isEqualTo("The model is gone.");
    assertThat(events.getLast().data().path("code").asString()).isEqualTo("model_failed");
  }

  @Test
  void runThatIsCancelled_endsSo() throws Exception {
    var running = new java.util.concurrent.FutureTask<>(() -> run(input("r1", "wait")));
    Thread.ofVirtual().start(running);
    await().until(() -> executions() == 1);
    String id =
        json(ada.get("/api/agent/executions"))
            .path("executions")
            .path(0)
            .path("executionId")
            .asString();
    await().until(() -> json(ada.get("/api/agent/executions/" + id)).path("steps").size() == 1);
    assertThat(ada.post("/api/agent/executions/" + id + "/cancel", "{}").statusCode())
        .isEqualTo(200);
    List<Event> events = running.get(30, TimeUnit.SECONDS);
    assertThat(types(events))
        .endsWith("TEXT_MESSAGE_END", "STEP_FINISHED", "STATE_DELTA", "RUN_FINISHED");
    assertThat(events.getLast().data().path("outcome").path("type").asString())
        .isEqualTo("cancelled");
  }

  @Test
  void positionOfNoUse_beginsAnew_U3() {
    List<Event> once = run(input("r1", "answer"));
    List<Event> events = run(input("r1", "answer"), "Last-Event-ID", "nonsense");
    assertThat(types(events))
        .startsWith("RUN_ERROR", "RUN_STARTED", "STATE_SNAPSHOT")
        .endsWith("RUN_FINISHED");
    assertThat(events.getFirst().data().path("code").asString()).isEqualTo("reset");
    assertThat(events).allMatch(event -> event.id().isEmpty());
    assertThat(types(events)).contains("TOOL_CALL_RESULT", "REASONING_MESSAGE_CONTENT");
    assertThat(once).isNotEmpty();
  }

  @Test
  void whatIsNoInput_isRefusedBeforeTheStream_R4() {
    refused(422, "invalid_request", post(input("r1", " ")));
    ObjectNode model = input("r1", "answer");
    model.withObject("forwardedProps").put("model", "nobody");
    refused(422, "invalid_request", post(model));
    ObjectNode nameless = input("r1", "answer");
    nameless.remove("runId");
    refused(422, "invalid_request", post(nameless));
    ObjectNode unasked = input("r1", "answer");
    unasked.putArray("resume").addObject().put("interruptId", "x").put("status", "cancelled");
    refused(422, "invalid_request", post(unasked));
    ObjectNode wordy = input("r1", "answer");
    wordy.withArray("context").addObject().put("description", "").put("value", "x".repeat(40_000));
    refused(422, "invalid_request", post(wordy));
    String page = input("r1", "answer").toString();
    refused(406, "not_acceptable", ada.post(PATH, page, "Accept", "application/json"));
    assertThat(executions()).isZero();
    TestClient nobody = server.client(server.token("acme", "eve", List.of("**"), List.of()));
    refused(403, "forbidden", nobody.post(PATH, page, "Accept", "text/event-stream"));
    refused(401, "unauthenticated", server.client("").post(PATH, page));
  }

  private static void refused(int status, String code, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(code(answer)).isEqualTo(code);
  }

  @Test
  void interruptThatNeverWas_isPassedOver() {
    ObjectNode never = interrupt(run(input("r1", "ask"))).deepCopy().asObject();
    never.put("id", never.path("id").asString() + "0");
    refused(422, "invalid_request", post(answering("r2", never, "{\"approved\":true}")));
  }

  @Test
  void othersRun_isNeitherAttachedToNorAnswered_A1() {
    JsonNode asked = interrupt(run(input("r1", "ask")));
    TestClient bob = server.client(server.token("acme", "bob", List.of(), BEGIN));
    String answer = answering("r2", asked, "{\"approved\":true}").toString();
    refused(422, "invalid_request", bob.post(PATH, answer, "Accept", "text/event-stream"));
    List<Event> own =
        events(bob.post(PATH, input("r1", "answer").toString(), "Accept", "*/*").body());
    assertThat(own.getLast().data().path("outcome").path("type").asString()).isEqualTo("success");
    assertThat(
            json(ada.get("/api/agent/executions"))
                .path("executions")
                .path(0)
                .path("status")
                .asString())
        .isEqualTo("waiting");
  }

  @Test
  void deletedRun_givesItsNamesBack() {
    JsonNode asked = interrupt(run(input("r1", "ask")));
    run(answering("r2", asked, "{\"approved\":true}"));
    String id =
        json(ada.get("/api/agent/executions"))
            .path("executions")
            .path(0)
            .path("executionId")
            .asString();
    assertThat(ada.delete("/api/agent/executions/" + id).statusCode()).isEqualTo(204);
    assertThat(executions()).isZero();
    assertThat(types(run(input("r2", "answer")))).endsWith("RUN_FINISHED");
    assertThat(executions()).isEqualTo(1);
  }
}

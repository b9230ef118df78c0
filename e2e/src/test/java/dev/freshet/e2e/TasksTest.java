package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.code;
import static dev.freshet.testkit.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.event.Json;
import dev.freshet.server.config.Config;
import dev.freshet.server.config.ConfigException;
import dev.freshet.tasks.Tasks;
import dev.freshet.tasks.transfer.Transfer;
import dev.freshet.testkit.RawConnection;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tasks over the wire (PROTOCOL §8.5): streams line by line, and two tenants. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TasksTest {
  private static final String TASKS = "/api/v1/tasks";
  private static final List<String> ALL = List.of("**");
  private static final Pattern DATA =
      Pattern.compile("^data: (\\{.*\"subtasks\".*})$", Pattern.MULTILINE);
  private static final Pattern POSITION = Pattern.compile("^id: (.*)$", Pattern.MULTILINE);

  @TempDir private Path root;
  private RangeServer source;
  private TestServer server;
  private String token;
  private TestClient me;
  private Described described;

  @BeforeEach
  void start() throws IOException {
    source = new RangeServer(400_000);
    server = TestServer.durable(Map.of("stream.heartbeat", "1s"), tasks());
    token = server.token("acme", "me", ALL, ALL);
    me = server.client(token);
    described = new Described(me.get("/openapi.json").body());
  }

  private Tasks tasks() {
    Transfer.Settings transfers = Transfer.Settings.DEFAULT;
    return new Tasks(
        new Tasks.Settings(Duration.ofMillis(200), 8, 8, 1000, 100, Duration.ofDays(1), 1 << 20),
        new Transfer(
            new Transfer.Settings(
                List.of(root),
                List.of(),
                true,
                2,
                64 << 10,
                0,
                transfers.connect(),
                transfers.stall(),
                3,
                Duration.ofMillis(20),
                Duration.ofMillis(100))));
  }

  @AfterEach
  void stop() {
    server.close();
    source.close();
  }

  private String request() {
    return "{\"kind\":\"transfer\",\"name\":\"n\",\"params\":{\"overwrite\":true,\"sources\":[{\"url\":\""
        + source.url()
        + "\"}]}}";
  }

  private String create() {
    return described.check("post " + TASKS, 201, me.post(TASKS, request())).path("id").asString();
  }

  private JsonNode read(String id) {
    return described.check("get /api/v1/tasks/{task_id}", 200, me.get(TASKS + "/" + id));
  }

  private String status(String id) {
    return read(id).path("status").asString();
  }

  private void awaitStatus(String id, String status) {
    await().atMost(Duration.ofSeconds(60)).until(() -> status(id).equals(status));
  }

  private RawConnection stream(String id, String... more) throws IOException {
    return open(id, "", more);
  }

  private RawConnection open(String id, String query, String... more) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "GET " + TASKS + "/" + id + "/stream" + query + " HTTP/1.1",
                "Host: x",
                "Authorization: Bearer " + token));
    lines.addAll(List.of(more));
    return RawConnection.open(server.port()).head(lines.toArray(String[]::new));
  }

  private static List<JsonNode> documents(String frames) {
    List<JsonNode> documents = new ArrayList<>();
    Matcher found = DATA.matcher(frames);
    while (found.find()) documents.add(Json.MAPPER.readTree(found.group(1)));
    return documents;
  }

  private static String lastPosition(String frames) {
    return POSITION.matcher(frames).results().reduce((a, b) -> b).orElseThrow().group(1);
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  @Test
  void answers_areAsDescribed() {
    source.pause(20);
    String id = create();
    described.check("get " + TASKS, 200, me.get(TASKS + "?status=pending,running&limit=5"));
    described.check(
        "post /api/v1/tasks/{task_id}/cancel", 200, me.post(TASKS + "/" + id + "/cancel", ""));
    HttpResponse<String> retried = me.post(TASKS + "/" + id + "/retry", "");
    String other =
        described.check("post /api/v1/tasks/{task_id}/retry", 201, retried).path("id").asString();
    assertThat(retried.headers().firstValue("location")).contains(TASKS + "/" + other);
    assertThat(me.get(TASKS + "/" + other).headers().firstValue("etag")).isPresent();
    source.pause(0);
    awaitStatus(other, "completed");
    assertThat(root.resolve("acme/file.bin")).hasBinaryContent(source.bytes());
    assertThat(code(me.post(TASKS + "/" + other + "/cancel", ""))).isEqualTo("task_finished");
    described.check("delete /api/v1/tasks/{task_id}", 204, me.delete(TASKS + "/" + other));
    assertThat(code(me.get(TASKS + "/" + other))).isEqualTo("not_found");
    assertThat(me.post(TASKS, "{\"kind\":\"transfer\"}").statusCode()).isEqualTo(422);
    assertThat(server.stranger().get(TASKS).statusCode()).isEqualTo(401);
  }

  @Test
  void create_withTheSameKey_isOneTask_L3() {
    HttpResponse<String> first = me.post(TASKS, request(), "Idempotency-Key", "k");
    HttpResponse<String> again = me.post(TASKS, request(), "Idempotency-Key", "k");
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(described.check("post " + TASKS, 200, again).path("id"))
        .isEqualTo(json(first).path("id"));
    assertThat(again.headers().firstValue("location"))
        .isEqualTo(first.headers().firstValue("location"));
  }

  @Test
  void stream_isTheDocument_wheneverItChanges_untilItsEnd_U7() throws IOException {
    source.pause(40);
    String id = create();
    long begin = System.nanoTime();
    String all;
    try (RawConnection stream = stream(id)) {
      String head = stream.readUntil("\n\n");
      assertThat(head.substring(head.indexOf("\r\n\r\n"))).isEqualTo("\r\n\r\n: open\n\n");
      assertThat(head).contains("text/event-stream; charset=utf-8", "no-store");
      all = stream.readAll();
    }
    long intervals = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 200;
    List<JsonNode> documents = documents(all);
    assertThat(documents).doesNotHaveDuplicates();
    assertThat(documents).hasSizeGreaterThan(3);
    assertThat((long) documents.size()).isLessThanOrEqualTo(intervals + 5);
    assertThat(documents.getLast()).isEqualTo(read(id));
    assertThat(documents.getLast().path("status").asString()).isEqualTo("completed");
    assertThat(documents.stream().map(d -> d.at("/progress/bytesDone").asLong())).isSorted();
    assertThat(all).doesNotContain("stream.open", "stream.live", "state.update");
    assertThat(all.lines().filter(line -> line.startsWith("event:")).distinct())
        .containsExactlyInAnyOrder("event: heartbeat", "event: stream.end");
    assertThat(all).endsWith("data: {\"reason\":\"completed\"}\n\n");
  }

  @Test
  void stream_ofATaskThatHasEnded_isTheLastDocument_andThen204_U7() throws IOException {
    String id = create();
    awaitStatus(id, "completed");
    String first;
    try (RawConnection stream = stream(id)) {
      first = body(stream.readAll());
    }
    assertThat(documents(first)).containsExactly(read(id));
    assertThat(first).startsWith(": open\n\nretry: 2000\n\ndata: {").contains("\"completed\"}\n\n");
    for (int i = 0; i < 3; i++) {
      try (RawConnection stream = stream(id, "Last-Event-ID: " + lastPosition(first))) {
        assertThat(stream.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 204");
      }
    }
  }

  @Test
  void stream_resumed_sendsTheNewestDocumentOnly_U2_U5() throws IOException {
    source.pause(40);
    String id = create();
    String position = positionOf(id);
    awaitStatus(id, "completed");
    try (RawConnection stream = stream(id, "Last-Event-ID: " + position)) {
      String rest = body(stream.readAll());
      assertThat(documents(rest)).containsExactly(read(id));
    }
  }

  /** Of the task's creation. */
  private String positionOf(String id) {
    var page =
        me.get("/v1/stream?topic=tasks/" + id + "&after=earliest", "Accept", "application/json");
    return json(page).at("/events/0/id").asString();
  }

  @Test
  void maxEvents_endsTheStream() throws IOException {
    source.pause(40);
    String id = create();
    try (RawConnection stream = open(id, "?max_events=2")) {
      String all = body(stream.readAll());
      assertThat(documents(all)).hasSize(2);
      assertThat(all).endsWith("data: {\"reason\":\"limit\"}\n\n");
    }
    assertThat(me.get(TASKS + "/" + id + "/stream?max_events=0").statusCode()).isEqualTo(422);
  }

  @Test
  void patches_onRequest_makeTheSameDocument() throws IOException {
    source.pause(30);
    String id = create();
    String all;
    try (RawConnection stream = open(id, "?format=patch")) {
      all = body(stream.readAll());
    }
    assertThat(all).contains("event: stream.open", "event: state.initial", "\"patches\":[");
    JsonNode value = null;
    for (String data :
        all.lines().filter(l -> l.startsWith("data: ")).map(l -> l.substring(6)).toList()) {
      JsonNode frame = Json.MAPPER.readTree(data);
      if (frame.has("value")) value = frame.path("value");
      for (JsonNode operation : frame.path("patches")) apply(value, operation);
    }
    assertThat(value).isEqualTo(read(id));
  }

  /** Members and items are replaced, or members added; nothing else happens to a task. */
  private static void apply(JsonNode value, JsonNode operation) {
    String path = operation.path("path").asString();
    int slash = path.lastIndexOf('/');
    assertThat(operation.path("op").asString()).isIn("replace", "add");
    JsonNode parent = value.at(path.substring(0, slash));
    String last = path.substring(slash + 1);
    if (parent instanceof ArrayNode list) list.set(Integer.parseInt(last), operation.path("value"));
    else ((ObjectNode) parent).set(last, operation.path("value"));
  }

  @Test
  void stream_endsWhenTheTaskIsDeleted() throws IOException {
    source.pause(40);
    String id = create();
    try (RawConnection stream = stream(id)) {
      stream.readUntil("data: {");
      assertThat(me.delete(TASKS + "/" + id).statusCode()).isEqualTo(204);
      assertThat(stream.readAll()).contains("\"reason\":\"completed\"");
    }
    assertThat(me.get(TASKS + "/" + id + "/stream").statusCode()).isEqualTo(404);
    String done = create();
    source.pause(0);
    awaitStatus(done, "completed");
    assertThat(me.delete(TASKS + "/" + done).statusCode()).isEqualTo(204);
    assertThat(me.get(TASKS + "/" + done + "/stream").statusCode()).isEqualTo(404);
    assertThat(me.get("/v1/state/tasks/" + done).statusCode()).isEqualTo(404);
  }

  @Test
  void stream_endsWithTheToken_A3() throws IOException {
    source.pause(40);
    String id = create();
    try (RawConnection stream = stream(id)) {
      stream.readUntil("data: {");
      server.admin().post("/v1/admin/revocations", "{\"subject\":\"me\"}");
      assertThat(stream.readAll()).contains("\"reason\":\"revoked\"");
    }
    assertThat(server.stranger().get(TASKS + "/" + id + "/stream").statusCode()).isEqualTo(401);
  }

  @Test
  void stream_isDrained_R3_andTheTaskGoesOn() throws Exception {
    source.pause(40);
    String id = create();
    Thread stopping;
    try (RawConnection stream = stream(id)) {
      stream.readUntil("data: {");
      stopping = Thread.ofVirtual().start(server::stop);
      assertThat(stream.readAll()).contains("\"reason\":\"drain\"");
    }
    stopping.join();
    server.begin();
    source.pause(0);
    awaitStatus(id, "completed");
  }

  @Test
  void page_hasTheDocument_forClientsThatPoll() {
    String id = create();
    awaitStatus(id, "completed");
    String path = TASKS + "/" + id + "/stream";
    JsonNode page = json(me.get(path, "Accept", "application/json"));
    assertThat(page.at("/events/0/data")).isEqualTo(read(id));
    assertThat(page.at("/end/reason").asString()).isEqualTo("completed");
    String position = page.path("position").asString();
    assertThat(me.get(path + "?after=" + position, "Accept", "application/json").statusCode())
        .isEqualTo(204);
  }

  @Test
  void topics_areWrittenByTheApplicationOnly() {
    source.pause(40);
    String id = create();
    assertThat(code(me.put("/v1/state/tasks/" + id, "{}"))).isEqualTo("topic_owned");
    assertThat(code(me.delete("/v1/state/tasks/" + id))).isEqualTo("topic_owned");
    assertThat(me.get("/v1/state/$tasks/params/" + id).statusCode()).isEqualTo(404);
  }

  /** Ids of the other tenant's tasks, parts of them, and noise, on every route, from both sides. */
  @Test
  void tenants_hammeringEachOthersIds_getNothing_A1() throws Exception {
    source.pause(5);
    TestClient other = server.client(server.token("rival", "me", ALL, ALL));
    List<String> mine = new ArrayList<>();
    List<String> theirs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      mine.add(create());
      theirs.add(json(other.post(TASKS, request())).path("id").asString());
    }
    List<Thread> hammers = new ArrayList<>();
    List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 4; i++) {
      boolean flip = i % 2 == 0;
      int seed = i;
      hammers.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  hammer(flip ? me : other, flip ? theirs : mine, new Random(seed));
                } catch (Throwable failed) {
                  failures.add(failed);
                }
              }));
    }
    for (Thread hammer : hammers) hammer.join();
    assertThat(failures).isEmpty();
    source.pause(0);
    for (String id : mine) awaitStatus(id, "completed");
    assertThat(json(me.get(TASKS)).path("tasks").size()).isEqualTo(3);
    assertThat(json(other.get(TASKS)).path("tasks").size()).isEqualTo(3);
    assertThat(root.resolve("acme/file.bin")).hasBinaryContent(source.bytes());
  }

  private static void hammer(TestClient client, List<String> ids, Random random) {
    for (int i = 0; i < 60; i++) {
      String id = mutate(ids.get(random.nextInt(ids.size())), random);
      String path = TASKS + "/" + id;
      List<HttpResponse<String>> answers =
          List.of(
              client.get(path),
              client.delete(path),
              client.send("POST", path + "/cancel", BodyPublishers.noBody()),
              client.send("POST", path + "/retry", BodyPublishers.noBody()),
              client.get(path + "/stream"),
              client.get(path + "/stream?format=patch"),
              client.get(path + "/stream", "Accept", "application/json"),
              client.get("/v1/state/tasks/" + id));
      for (HttpResponse<String> answer : answers) {
        assertThat(answer.statusCode()).as("%s: %s", answer.uri(), answer.body()).isEqualTo(404);
        ids.forEach(secret -> assertThat(leaks(answer.body(), secret, id)).isFalse());
      }
      natively(client, ids, id);
    }
  }

  /** By the native routes: what the other tenant has is neither there nor changed. */
  private static void natively(TestClient client, List<String> ids, String id) {
    String state = "/v1/state/tasks/" + id;
    String event = "{\"topic\":\"tasks/" + id + "\",\"type\":\"x\",\"end\":true}";
    for (HttpResponse<String> refused :
        List.of(
            client.put(state, "{}"),
            client.delete(state),
            client.put(state.replace("tasks/", "$tasks/params/"), "{}"),
            client.post("/v1/events", event)))
      assertThat(code(refused)).as(refused.body()).isIn("topic_owned", "forbidden");
    for (String topic : List.of("tasks/" + id, "$tasks/params/" + id)) {
      HttpResponse<String> page =
          client.get("/v1/stream?after=earliest&topic=" + topic, "Accept", "application/json");
      assertThat(json(page).path("events").isEmpty()).as(page.body()).isTrue();
    }
    for (String query : List.of("/v1/stream?after=earliest&topic=**", TASKS + "?cursor=" + id)) {
      HttpResponse<String> mine = client.get(query, "Accept", "application/json");
      ids.forEach(secret -> assertThat(leaks(mine.body(), secret, id)).isFalse());
    }
  }

  /** A problem may repeat what was asked for, and no more. */
  private static boolean leaks(String body, String secret, String asked) {
    return !asked.contains(secret) && body.contains(secret);
  }

  private static String mutate(String id, Random random) {
    StringBuilder text = new StringBuilder(id);
    return switch (random.nextInt(6)) {
      case 0 -> text.reverse().toString();
      case 1 -> text.deleteCharAt(random.nextInt(id.length())).toString();
      case 2 -> {
        text.setCharAt(random.nextInt(id.length()), "0123456789abcdef".charAt(random.nextInt(16)));
        yield text.toString().equals(id) ? "0" + text : text.toString();
      }
      default -> id;
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tasks.interval=99ms", "tasks.interval=11s", "tasks.roots=/nowhere/at/all"})
  void configuration_outsideItsBounds_stopsTheStart_R2(String setting) {
    String[] parts = setting.split("=", 2);
    Assertions.assertThatThrownBy(() -> Config.of(Map.of(parts[0], parts[1])))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(parts[0])
        .hasMessageContaining(parts[1])
        .hasMessageContaining("allowed");
  }

  @Test
  void transfers_areOff_withoutARoot() throws IOException {
    try (TestServer plain =
        TestServer.start(
            Map.of(), new Tasks(Tasks.Settings.DEFAULT, new Transfer(Transfer.Settings.DEFAULT)))) {
      TestClient client = plain.client(plain.token("acme", "me", ALL, ALL));
      HttpResponse<String> refused = client.post(TASKS, request());
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(refused.body()).contains("kind_unavailable", "tasks.roots");
    }
    try (Stream<Path> files = Files.list(root)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void frames_areEncodedOnce_howeverManyWatch_S3_asTheMetricsSay() throws IOException {
    source.pause(100);
    String id = create();
    awaitStatus(id, "running");
    List<RawConnection> viewers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      viewers.add(stream(id));
      viewers.getLast().readUntil("event: heartbeat");
    }
    double delivered = server.metric("freshet_stream_deliveries_total");
    double encoded = server.metric("freshet_stream_encodings_total");
    source.pause(0);
    for (RawConnection viewer : viewers) viewer.readUntil("stream.end");
    double more = server.metric("freshet_stream_deliveries_total") - delivered;
    assertThat(more).isGreaterThanOrEqualTo(viewers.size());
    assertThat((server.metric("freshet_stream_encodings_total") - encoded) * viewers.size())
        .isLessThanOrEqualTo(more);
    assertThat(server.metric("freshet_tasks_ended_total{status=\"completed\"}")).isEqualTo(1);
    assertThat(server.metric("freshet_tasks_ended_total{status=\"failed\"}")).isZero();
    assertThat(server.metric("freshet_tasks_open{status=\"running\"}")).isZero();
    assertThat(server.metric("freshet_tasks_bytes_total")).isEqualTo(400_000);
  }
}

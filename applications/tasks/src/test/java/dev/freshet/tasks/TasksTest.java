package dev.freshet.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.event.Filter;
import dev.freshet.event.Topic;
import dev.freshet.log.Recorded;
import dev.freshet.tasks.Fixture.Answer;
import dev.freshet.tasks.Fixture.Caller;
import dev.freshet.tasks.transfer.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tasks of any kind: made, run in turn, cancelled, retried, deleted, and who may see them. */
@Timeout(60)
class TasksTest {
  private static final String TWO = "{'kind':'gated','name':'n','params':{'parts':2}}";

  private final Gated kind = new Gated();
  private final Fixture fixture = new Fixture(tasks(settings(8, 4)));
  private final Caller me = fixture.me();

  private static Tasks.Settings settings(int tasks, int ofATenant) {
    return new Tasks.Settings(
        Duration.ofMillis(100), tasks, ofATenant, 5, 100, Duration.ofDays(1), 100_000);
  }

  private Tasks tasks(Tasks.Settings settings) {
    return new Tasks(settings, new Transfer(Transfer.Settings.DEFAULT), List.of(kind));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private String create() {
    Answer made = me.create(TWO);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.headers()).containsEntry("Location", "/api/v1/tasks/" + made.id());
    return made.id();
  }

  @Test
  void task_runsThroughItsSubtasks_andEndsItsTopic_U7() {
    String id = create();
    me.awaitStatus(id, Status.RUNNING);
    kind.open(2);
    JsonNode task = me.ended(id);
    assertThat(task.path("status").asString()).isEqualTo("completed");
    assertThat(task.path("owner").asString()).isEqualTo("me");
    assertThat(task.at("/params/parts").asInt()).isEqualTo(2);
    assertThat(task.path("progress").toString())
        .isEqualTo(
            "{\"bytesDone\":20,\"bytesTotal\":20,\"filesDone\":2,\"filesTotal\":2,\"bytesPerSecond\":0,\"etaSeconds\":null}");
    assertThat(task.at("/subtasks/1").toString())
        .isEqualTo(
            "{\"id\":\"1\",\"name\":\"part 1\",\"status\":\"completed\",\"bytesDone\":10,\"bytesTotal\":10,\"bytesPerSecond\":0,\"attempts\":1,\"sha256\":\""
                + "0".repeat(64)
                + "\",\"error\":null}");
    assertThat(task.path("startedAt").isNull()).isFalse();
    assertThat(task.path("finishedAt").isNull()).isFalse();
    assertThat(state(id).ended()).isTrue();
  }

  private dev.freshet.log.TopicState state(String id) {
    return fixture.freshet().tenant("acme").log().state(Topic.of("tasks/" + id)).orElseThrow();
  }

  @Test
  void failures_areTold_andTellNothingOfTheInside_R4() {
    String failing = me.create("{'kind':'gated','params':{'parts':1,'fails':true}}").id();
    assertThat(me.ended(failing).path("error").toString())
        .isEqualTo("{\"code\":\"no_luck\",\"message\":\"it was to fail\"}");
    String broken = me.create("{'kind':'gated','params':{'parts':1,'breaks':true}}").id();
    assertThat(me.ended(broken).path("error").toString())
        .contains("internal", broken)
        .doesNotContain("secret");
    String bad = me.create("{'kind':'gated','params':{'parts':3,'bad':1}}").id();
    kind.open(3);
    JsonNode task = me.ended(bad);
    assertThat(task.at("/error/code").asString()).isEqualTo("subtasks_failed");
    assertThat(task.at("/progress/filesDone").asInt()).isEqualTo(2);
  }

  @Test
  void create_withAKeyThatWasSeen_isTheFirstTask_L3() {
    Answer first = me.create(TWO, "Idempotency-Key=k");
    Answer again = me.create(TWO, "Idempotency-Key=k");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.headers()).isEqualTo(first.headers());
    Caller other = fixture.caller("acme", "other", "**", "**");
    assertThat(other.create(TWO, "Idempotency-Key=k").id()).isNotEqualTo(first.id());
    Answer different = me.create(TWO.replace("2", "3"), "Idempotency-Key=k");
    assertThat(different.status()).isEqualTo(422);
    assertThat(me.call("listTasks", "").body().path("tasks").size()).isEqualTo(2);
    me.call("deleteTask", "", "task_id=" + first.id());
    assertThat(me.create(TWO, "Idempotency-Key=k").code()).isEqualTo("conflict");
    assertThat(me.create(TWO, "Idempotency-Key=").status()).isEqualTo(422);
  }

  @Test
  void cancel_ofARunningTask_endsIt_andItsWork() {
    String id = create();
    me.awaitStatus(id, Status.RUNNING);
    Answer cancelled = me.call("cancelTask", "", "task_id=" + id);
    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.body().path("status").asString()).isEqualTo("cancelled");
    assertThat(cancelled.body().at("/subtasks/1/status").asString()).isEqualTo("cancelled");
    await().until(() -> kind.left() == 1);
    assertThat(me.call("cancelTask", "", "task_id=" + id).status()).isEqualTo(200);
    assertThat(me.read(id).body()).isEqualTo(cancelled.body());
  }

  @Test
  void cancel_ofAFinishedTask_isRefused() {
    String id = create();
    kind.open(2);
    me.ended(id);
    assertThat(me.call("cancelTask", "", "task_id=" + id).code()).isEqualTo("task_finished");
    assertThat(me.call("retryTask", "", "task_id=" + id).code()).isEqualTo("task_not_retryable");
  }

  @Test
  void retry_isANewTaskWithTheSameParams() {
    String id = create();
    assertThat(me.call("retryTask", "", "task_id=" + id).code()).isEqualTo("task_not_retryable");
    me.call("cancelTask", "", "task_id=" + id);
    Answer retried = me.call("retryTask", "", "task_id=" + id);
    assertThat(retried.status()).isEqualTo(201);
    assertThat(retried.id()).isNotEqualTo(id);
    assertThat(retried.body().path("retryOf").asString()).isEqualTo(id);
    kind.open(2);
    assertThat(me.ended(retried.id()).path("status").asString()).isEqualTo("completed");
    assertThat(me.read(id).body().path("status").asString()).isEqualTo("cancelled");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void delete_removesTheTask_whetherItHasEndedOrNot(boolean ended) {
    String id = create();
    me.awaitStatus(id, Status.RUNNING);
    if (ended) {
      kind.open(2);
      me.ended(id);
    }
    assertThat(me.call("deleteTask", "", "task_id=" + id).status()).isEqualTo(204);
    assertThat(me.read(id).status()).isEqualTo(404);
    assertThat(me.call("deleteTask", "", "task_id=" + id).status()).isEqualTo(404);
    assertThat(me.call("listTasks", "").body().path("tasks")).isEmpty();
    assertThat(kind.discarded()).containsExactly("acme");
    assertThat(state(id).ended()).isTrue();
    assertThat(fixture.freshet().tenant("acme").log().state(Topic.of("$tasks/params/" + id)))
        .hasValueSatisfying(params -> assertThat(params.value()).isNull());
  }

  @Test
  void everyRoute_ofATaskThatMayNotBeRead_is404_andThatMayNotBeWritten403_A1() {
    String id = create();
    List<String> writes = List.of("cancelTask", "retryTask", "deleteTask");
    for (Caller stranger :
        List.of(
            fixture.caller("other", "me", "**", "**"),
            fixture.caller("acme", "me", "", "**"),
            fixture.caller("acme", "me", "tasks/0", "tasks/*"))) {
      Stream.concat(writes.stream(), Stream.of("readTask"))
          .forEach(route ->
              assertThat(stranger.call(route, "", "task_id=" + id).status()).isEqualTo(404));
      assertThat(stranger.call("listTasks", "").body().path("tasks")).isEmpty();
    }
    Caller reader = fixture.caller("acme", "me", "tasks/**", "other/**");
    writes.forEach(
        route -> assertThat(reader.call(route, "", "task_id=" + id).status()).isEqualTo(403));
    assertThat(reader.read(id).status()).isEqualTo(200);
    assertThat(reader.create(TWO).status()).isEqualTo(403);
    assertThat(me.read(id).body().path("status").asString()).isNotEqualTo("cancelled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "../$tasks", "%00", "*", "**", "a b"})
  void ids_thatAreNone_are404(String id) {
    assertThat(me.read(id).status()).isEqualTo(404);
  }

  @Test
  void list_isNewestFirst_filteredAndPaged() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) ids.addFirst(create());
    me.call("cancelTask", "", "task_id=" + ids.get(1));
    me.call("cancelTask", "", "task_id=" + ids.get(2));
    assertThat(ids(me.call("listTasks", ""))).isEqualTo(ids);
    Answer page = me.call("listTasks", "", "limit=3");
    assertThat(ids(page)).isEqualTo(ids.subList(0, 3));
    assertThat(page.body().at("/tasks/0").has("subtasks")).isFalse();
    assertThat(page.body().at("/tasks/0").has("params")).isFalse();
    String cursor = page.body().path("cursor").asString();
    Answer last = me.call("listTasks", "", "limit=3", "cursor=" + cursor);
    assertThat(ids(last)).isEqualTo(ids.subList(3, 4));
    assertThat(last.body().path("cursor").isNull()).isTrue();
    assertThat(ids(me.call("listTasks", "", "status=cancelled,failed")))
        .isEqualTo(ids.subList(1, 3));
    assertThat(ids(me.call("listTasks", "", "kind=transfer"))).isEmpty();
    assertThat(me.call("listTasks", "", "status=done").status()).isEqualTo(422);
    assertThat(me.call("listTasks", "", "cursor=x").status()).isEqualTo(422);
  }

  private static List<String> ids(Answer page) {
    return page.body().path("tasks").valueStream().map(t -> t.path("id").asString()).toList();
  }

  @Test
  void create_ofWhatCannotBe_isRefused_R1() {
    assertThat(me.create("{'kind':'none','params':{}}").status()).isEqualTo(422);
    Answer off = me.create("{'kind':'transfer','params':{}}");
    assertThat(off.code()).isEqualTo("kind_unavailable");
    assertThat(off.detail()).contains("tasks.roots");
    assertThat(me.create("{'kind':'gated','params':{'parts':0}}").status()).isEqualTo(422);
    assertThat(me.create("{'kind':'gated','params':{'parts':101}}").detail())
        .contains("101", "100", "tasks.subtasks");
    fixture.restart(
        tasks(
            new Tasks.Settings(
                Duration.ofMillis(100), 1, 1, 2, 1000, Duration.ofDays(1), 100_000)));
    assertThat(me.create("{'kind':'gated','params':{'parts':200}}").status()).isEqualTo(413);
    me.awaitStatus(create(), Status.RUNNING);
    create();
    create();
    Answer full = me.create(TWO);
    assertThat(full.status()).isEqualTo(429);
    assertThat(full.detail()).contains("2 tasks", "tasks.pending");
  }

  @Test
  void tenants_takeTurns() {
    fixture.restart(tasks(settings(1, 1)));
    Caller other = fixture.caller("other", "me", "**", "**");
    String first = create();
    create();
    create();
    String last = other.create(TWO).id();
    kind.open(8);
    other.ended(last);
    me.ended(first);
    await().until(() -> kind.begun().size() == 4);
    assertThat(kind.begun()).containsExactly("acme", "other", "acme", "acme");
  }

  @Test
  void tenant_hasNoMoreAtOnceThanItsShare() {
    fixture.restart(tasks(settings(3, 2)));
    Caller other = fixture.caller("other", "me", "**", "**");
    for (int i = 0; i < 4; i++) create();
    other.awaitStatus(other.create(TWO).id(), Status.RUNNING);
    assertThat(kind.begun()).containsExactlyInAnyOrder("acme", "acme", "other");
  }

  @Test
  void restart_goesOnWithWhatIsLeft() {
    String id = create();
    me.awaitStatus(id, Status.RUNNING);
    kind.open(1);
    await().until(() -> me.read(id).body().at("/progress/filesDone").asInt() == 1);
    fixture.restart(tasks(settings(1, 1)));
    assertThat(kind.left()).isEqualTo(1);
    assertThat(me.read(id).body().path("status").asString()).isEqualTo("running");
    kind.open(1);
    JsonNode task = me.ended(id);
    assertThat(task.path("status").asString()).isEqualTo("completed");
    assertThat(task.at("/subtasks/0/attempts").asInt()).isEqualTo(1);
    assertThat(task.at("/subtasks/1/attempts").asInt()).isEqualTo(2);
  }

  @Test
  void restart_withoutTheKind_failsTheTask() {
    String id = create();
    fixture.restart(new Tasks(settings(1, 1), new Transfer(Transfer.Settings.DEFAULT), List.of()));
    assertThat(me.ended(id).at("/error/code").asString()).isEqualTo("kind_unavailable");
  }

  @Test
  void unchangedProgress_isNotWritten_S5() throws InterruptedException {
    String id = create();
    me.awaitStatus(id, Status.RUNNING);
    Thread.sleep(500);
    List<Recorded> events =
        fixture
            .freshet()
            .tenant("acme")
            .log()
            .read(Filter.of("tasks/" + id), 0, Long.MAX_VALUE, 100)
            .events();
    assertThat(events.size()).isBetween(2, 3);
  }

  @Test
  void oldTasks_areRemovedWhenTheyHaveEnded() throws InterruptedException {
    String ended = create();
    me.call("cancelTask", "", "task_id=" + ended);
    String open = create();
    Thread.sleep(5);
    new Expiry(Duration.ofMillis(1)).sweep(fixture.freshet().tenant("acme"));
    assertThat(me.read(ended).status()).isEqualTo(404);
    assertThat(me.read(open).status()).isEqualTo(200);
    String young = create();
    me.call("cancelTask", "", "task_id=" + young);
    new Expiry(Duration.ofHours(1)).sweep(fixture.freshet().tenant("acme"));
    assertThat(me.read(young).status()).isEqualTo(200);
  }

  @Test
  void measures_countTasksByStatus_bytesAttemptsAndFailures() {
    Tasks tasks = tasks(settings(1, 1));
    fixture.restart(tasks);
    kind.open(3);
    me.ended(create());
    me.ended(me.create("{'kind':'gated','params':{'parts':1,'bad':0}}").id());
    me.ended(me.create("{'kind':'gated','params':{'parts':1,'fails':true}}").id());
    String running = create();
    me.awaitStatus(running, Status.RUNNING);
    String waiting = create();
    assertThat(measured(tasks))
        .containsEntry("freshet.tasks.open pending", 1.0)
        .containsEntry("freshet.tasks.open running", 1.0)
        .containsEntry("freshet.tasks.open verifying", 0.0)
        .containsEntry("freshet.tasks.ended completed", 1.0)
        .containsEntry("freshet.tasks.ended failed", 2.0)
        .containsEntry("freshet.tasks.ended cancelled", 0.0)
        .containsEntry("freshet.tasks.bytes ", 30.0)
        .containsEntry("freshet.tasks.attempts ", 4.0)
        .containsEntry("freshet.tasks.subtasks.failed ", 1.0);
    me.call("cancelTask", "", "task_id=" + waiting);
    me.call("cancelTask", "", "task_id=" + waiting);
    me.call("deleteTask", "", "task_id=" + running);
    await()
        .untilAsserted(() ->
            assertThat(measured(tasks))
                .containsEntry("freshet.tasks.open pending", 0.0)
                .containsEntry("freshet.tasks.open running", 0.0)
                .containsEntry("freshet.tasks.ended cancelled", 2.0));
  }

  private static Map<String, Double> measured(Tasks tasks) {
    return tasks.measures().stream()
        .collect(
            Collectors.toMap(
                m -> m.name() + " " + String.join("", m.labels().values()),
                m -> m.value().getAsDouble()));
  }
}

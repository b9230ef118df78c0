package dev.freshet.tasks;

import dev.freshet.application.Call;
import dev.freshet.application.IdempotencyKey;
import dev.freshet.application.Ids;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import dev.freshet.log.TopicState;
import dev.freshet.view.NativeRepresentation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is done with tasks by request (PROTOCOL §8.5). */
final class Operations {
  /** What a sub-task's sum or error, and longer numbers, may add to its document. */
  private static final int GROWTH = 600;

  private final Map<String, TaskKind> kinds;
  private final Runner runner;
  private final Tasks.Settings settings;
  private final Ids ids = new Ids();

  Operations(Map<String, TaskKind> kinds, Runner runner, Tasks.Settings settings) {
    this.kinds = kinds;
    this.runner = runner;
    this.settings = settings;
  }

  Reply create(Call call) {
    JsonNode body = call.body().orElseThrow();
    String name = body.path("name").asString(null);
    return create(call, body.path("kind").asString(), name, body.path("params"), null);
  }

  Reply retry(Call call) {
    String id = new Access(call).writable();
    TaskDetail task = new Ledger(call.tenant()).find(id).orElseThrow(Failures::notFound);
    if (task.status() != Status.FAILED && task.status() != Status.CANCELLED)
      throw Failures.notRetryable(task);
    JsonNode params =
        new Ledger(call.tenant()).params(id).orElseThrow(() -> Failures.notRetryable(task));
    return create(call, task.kind(), task.name(), params, id);
  }

  private Reply create(
      Call call,
      String kindName,
      @Nullable String name,
      JsonNode params,
      @Nullable String retryOf) {
    String id = ids.next(call.tenant().clock().instant());
    new Access(call).requireWrite(Ledger.topic(id));
    TaskKind kind = kind(kindName);
    TaskKind.Plan plan = kind.plan(call.tenant().name(), params);
    TaskDetail task = task(call, id, plan, kindName, name, retryOf);
    requireRoom(task);
    Optional<String> key = IdempotencyKey.of(call, "t");
    int waiting = runner.waiting(call.tenant());
    if (waiting >= settings.pending()) throw Failures.tooMany(waiting);
    Ledger ledger = new Ledger(call.tenant());
    Ledger.Made made = ledger.create(task, params, key).orElseThrow(Failures::forgotten);
    if (made.created()) runner.submit(call.tenant(), task.id());
    else requireSame(made.task(), task, ledger, params);
    return Reply.of(made.created() ? 201 : 200, made.task().json())
        .with("Location", "/api/v1/tasks/" + made.task().id());
  }

  private TaskKind kind(String name) {
    TaskKind kind = kinds.get(name);
    if (kind == null) {
      String known = String.join(", ", kinds.keySet());
      throw Failures.invalid("body", "/kind", "is '" + name + "', not one of " + known);
    }
    kind.unavailable()
        .ifPresent(why -> {
          throw Failures.unavailable(why);
        });
    return kind;
  }

  private TaskDetail task(
      Call call,
      String id,
      TaskKind.Plan plan,
      String kind,
      @Nullable String name,
      @Nullable String retryOf) {
    List<Subtask> parts =
        IntStream.range(0, plan.parts().size())
            .mapToObj(i -> subtask(i, plan.parts().get(i)))
            .toList();
    return new TaskDetail(
        id,
        kind,
        name,
        Status.PENDING,
        plan.shown(),
        call.principal().subject(),
        NativeRepresentation.time(call.tenant().clock().instant()),
        null,
        null,
        Progress.of(parts),
        parts,
        null,
        retryOf);
  }

  private static Subtask subtask(int index, TaskKind.Part part) {
    return new Subtask(
        Integer.toString(index), part.name(), Status.PENDING, 0, part.bytes(), 0, 0, null, null);
  }

  /** That the document stays within an event, however the task goes. */
  private void requireRoom(TaskDetail task) {
    int parts = task.subtasks().size();
    if (parts < 1 || parts > settings.subtasks()) {
      String detail = "makes " + parts + " sub-tasks; 1 to " + settings.subtasks();
      throw Failures.invalid("body", "/params", detail + " (tasks.subtasks): make several tasks");
    }
    long most = Json.of(task.json()).length() + (long) GROWTH * (parts + 1);
    if (most > settings.documentBytes()) throw Failures.tooLarge(most, settings.documentBytes());
  }

  private static void requireSame(
      TaskDetail first, TaskDetail again, Ledger ledger, JsonNode params) {
    boolean same =
        first.kind().equals(again.kind())
            && Objects.equals(first.name(), again.name())
            && Objects.equals(first.retryOf(), again.retryOf())
            && ledger.params(first.id()).filter(params::equals).isPresent();
    if (same) return;
    throw Failures.invalid(
        "header",
        "Idempotency-Key",
        "was used for another task, " + first.id() + "; use a new one");
  }

  Reply list(Call call) {
    return Reply.of(200, new Listing(call).json());
  }

  Reply read(Call call) {
    return answer(new Access(call).readable());
  }

  private static Reply answer(TopicState state) {
    return Reply.of(200, Objects.requireNonNull(state.value()).node())
        .with("ETag", "\"" + state.version() + "\"");
  }

  Reply cancel(Call call) {
    String id = new Access(call).writable();
    runner.cancel(call.tenant(), id);
    TopicState now = new Access(call).readable();
    TaskDetail task = TaskDetail.of(Objects.requireNonNull(now.value()).node());
    if (task.status() != Status.CANCELLED) throw Failures.finished(task);
    return answer(now);
  }

  Reply delete(Call call) {
    String id = new Access(call).writable();
    Ledger ledger = new Ledger(call.tenant());
    Optional<TaskDetail> task = ledger.find(id);
    Optional<JsonNode> params = ledger.params(id);
    runner.cancel(call.tenant(), id);
    ledger.delete(id);
    runner.awaitRest(call.tenant(), id);
    TaskKind kind = task.map(TaskDetail::kind).map(kinds::get).orElse(null);
    if (kind != null) params.ifPresent(p -> kind.discard(call.tenant().name(), p));
    return Reply.empty(204);
  }
}

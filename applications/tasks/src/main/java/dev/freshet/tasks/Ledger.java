package dev.freshet.tasks;

import dev.freshet.Tenant;
import dev.freshet.application.Ids;
import dev.freshet.event.Filter;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.Appended;
import dev.freshet.log.LogException;
import dev.freshet.log.Recorded;
import dev.freshet.log.TopicState;
import dev.freshet.log.TopicSummary;
import dev.freshet.state.Changes;
import dev.freshet.state.WriteOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * The tasks of one tenant. A task is the state at {@code tasks/{id}}; its params as they were
 * given, credentials included, are at {@code $tasks/params/{id}}, which no pattern matches that
 * does not spell it out.
 */
record Ledger(Tenant tenant) {
  static final TopicPattern TASKS = TopicPattern.of("tasks/*");

  private static final int SCAN = 256;

  /** What became of an attempt to make a task. */
  record Made(TaskDetail task, boolean created) {}

  static Topic topic(String id) {
    return Topic.of("tasks/" + id);
  }

  private static Topic paramsTopic(String id) {
    return Topic.of("$tasks/params/" + id);
  }

  static String id(Topic topic) {
    return topic.path().substring(topic.path().indexOf('/') + 1);
  }

  /** The task, if there is one and it was not deleted. */
  Optional<TopicState> state(String id) {
    if (!Ids.valid(id)) return Optional.empty();
    return tenant.log().state(topic(id)).filter(state -> state.value() != null);
  }

  Optional<TaskDetail> find(String id) {
    return state(id).map(state -> TaskDetail.of(Objects.requireNonNull(state.value()).node()));
  }

  /** The params as they were given. */
  Optional<JsonNode> params(String id) {
    return tenant
        .log()
        .state(paramsTopic(id))
        .flatMap(s -> Optional.ofNullable(s.value()))
        .map(v -> v.node());
  }

  /**
   * Adds a task; with a key that was seen, answers that one's (L3).
   *
   * @return empty if the key was seen, but its task is gone
   */
  Optional<Made> create(TaskDetail task, JsonNode params, Optional<String> key) {
    Optional<Appended> appended =
        tenant
            .states()
            .commit(changes -> {
              key.ifPresent(changes::key);
              changes.put(topic(task.id()), task.json()).put(paramsTopic(task.id()), params);
            });
    Appended range = appended.orElseThrow();
    if (!range.duplicate()) return Optional.of(new Made(task, true));
    return first(range).flatMap(this::find).map(earlier -> new Made(earlier, false));
  }

  private Optional<String> first(Appended range) {
    try {
      long before = range.first().offset() - 1;
      return tenant
          .log()
          .read(new Filter(List.of(TASKS), java.util.Set.of()), before, range.last().offset(), 1)
          .events()
          .stream()
          .findFirst()
          .map(Recorded::event)
          .map(event -> id(event.topic()));
    } catch (LogException.Truncated forgotten) {
      return Optional.empty();
    }
  }

  /**
   * Writes what the edit makes of a task that has not ended.
   *
   * @return the task as it is then; empty if it had ended or was deleted, and nothing was written
   */
  Optional<TaskDetail> update(String id, UnaryOperator<TaskDetail> edit) {
    AtomicReference<Optional<TaskDetail>> result = new AtomicReference<>(Optional.empty());
    tenant.states().commit(changes -> result.set(update(changes, topic(id), edit)));
    return Objects.requireNonNull(result.get());
  }

  private static Optional<TaskDetail> update(
      Changes changes, Topic topic, UnaryOperator<TaskDetail> edit) {
    JsonNode value = changes.get(topic);
    if (value.isMissingNode()) return Optional.empty();
    TaskDetail before = TaskDetail.of(value);
    if (before.status().terminal()) return Optional.empty();
    TaskDetail after = edit.apply(before);
    boolean ends = after.status().terminal();
    changes.put(topic, after.json(), ends ? WriteOptions.NONE.ending() : WriteOptions.NONE);
    return Optional.of(after);
  }

  /** Removes a task; its topic ends, if it has not yet. */
  void delete(String id) {
    tenant
        .states()
        .commit(changes ->
            changes
                .delete(topic(id), WriteOptions.NONE.ending())
                .delete(paramsTopic(id), WriteOptions.NONE.ending()));
  }

  /** Tasks after one, in the order of their ids, newest first; deleted ones among them. */
  List<TopicSummary> after(Optional<String> id) {
    return tenant.log().topics(TASKS, id.map(i -> Topic.of("tasks/" + i)), SCAN);
  }

  /** The ids of tasks that have not ended, oldest first. */
  List<String> unfinished() {
    List<String> found = new ArrayList<>();
    Optional<String> last = Optional.empty();
    for (List<TopicSummary> some = after(last); !some.isEmpty(); some = after(last)) {
      some.stream().filter(t -> !t.ended()).forEach(t -> found.add(id(t.topic())));
      last = Optional.of(id(some.getLast().topic()));
    }
    return found.reversed();
  }
}

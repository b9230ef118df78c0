package dev.freshet.tasks;

import dev.freshet.event.Json;
import dev.freshet.view.NativeRepresentation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task as its readers see it: the state at {@code tasks/{id}} (PROTOCOL §8.5).
 *
 * @param params as they were given, without credentials
 * @param owner the subject that made it
 * @param retryOf the id of the task that this one repeats
 */
public record TaskDetail(
    String id,
    String kind,
    @Nullable String name,
    Status status,
    JsonNode params,
    String owner,
    String createdAt,
    @Nullable String startedAt,
    @Nullable String finishedAt,
    Progress progress,
    List<Subtask> subtasks,
    @Nullable TaskError error,
    @Nullable String retryOf) {

  public TaskDetail {
    subtasks = List.copyOf(subtasks);
  }

  static TaskDetail of(JsonNode value) {
    return Json.MAPPER.treeToValue(value, TaskDetail.class);
  }

  ObjectNode json() {
    return Json.MAPPER.valueToTree(this);
  }

  /** As lists show it: without what makes it large. */
  static ObjectNode summary(ObjectNode detail) {
    detail.remove(List.of("params", "subtasks"));
    return detail;
  }

  /** With these sub-tasks, under way. */
  TaskDetail running(Status now, List<Subtask> parts, Instant started) {
    String begun = startedAt == null ? NativeRepresentation.time(started) : startedAt;
    return new TaskDetail(
        id,
        kind,
        name,
        now,
        params,
        owner,
        createdAt,
        begun,
        null,
        Progress.of(parts),
        parts,
        null,
        retryOf);
  }

  /** With all that had not ended ended, too. */
  TaskDetail ended(Status with, @Nullable TaskError why, Instant now) {
    List<Subtask> parts = subtasks.stream().map(part -> part.ended(with)).toList();
    return new TaskDetail(
        id,
        kind,
        name,
        with,
        params,
        owner,
        createdAt,
        startedAt,
        NativeRepresentation.time(now),
        Progress.of(parts),
        parts,
        why,
        retryOf);
  }
}

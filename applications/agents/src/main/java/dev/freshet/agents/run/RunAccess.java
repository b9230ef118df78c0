package dev.freshet.agents.run;

import dev.freshet.agents.event.RunStatus;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.state.Changes;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whose run it is, who may watch it, and how it stands: what lists and counts need of a run.
 *
 * @param request what was asked for, as a sum, to tell a repeated request from another
 * @param externalId the agent's own id; null if it gave none
 * @param names other ids that its owner knows it by, or a part of it
 */
public record RunAccess(
    String owner,
    List<String> viewers,
    RunStatus status,
    String request,
    @Nullable String externalId,
    List<String> names) {
  public RunAccess {
    viewers = List.copyOf(viewers);
    names = List.copyOf(names);
  }

  RunAccess with(List<String> others) {
    return new RunAccess(owner, others, status, request, externalId, names);
  }

  RunAccess with(RunStatus next) {
    return new RunAccess(owner, viewers, next, request, externalId, names);
  }

  RunAccess named(String name) {
    List<String> all = Stream.concat(names.stream(), Stream.of(name)).distinct().toList();
    return new RunAccess(owner, viewers, status, request, externalId, all);
  }

  /** Changes what a topic holds, unless it is gone. */
  static void change(Changes changes, Topic topic, UnaryOperator<RunAccess> edit) {
    JsonNode value = changes.get(topic);
    if (value.isMissingNode()) return;
    RunAccess next = edit.apply(Json.MAPPER.treeToValue(value, RunAccess.class));
    changes.put(topic, Json.MAPPER.valueToTree(next));
  }

  /** Whether the run is this subject's, or shared with it. */
  public boolean admits(String subject) {
    return owner.equals(subject) || viewers.contains(subject);
  }
}

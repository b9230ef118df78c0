package dev.freshet.tasks;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What tasks of one kind are and do. Thread-safe; many tasks of a kind may run at once. */
public interface TaskKind {
  /** One lower-case word; what a request names as {@code kind}. */
  String name();

  /** Why no task of this kind can be made on this server, and how that is changed. */
  default Optional<String> unavailable() {
    return Optional.empty();
  }

  /**
   * Says what a task with these params is to do. Must not take long, nor change anything.
   *
   * @throws dev.freshet.application.ProblemException if the params are not right (422)
   */
  Plan plan(String tenant, JsonNode params);

  /**
   * Does the work, or what is left of it: after a restart of the server, and for a retry, what an
   * earlier run left behind is used again. Sub-tasks whose status in {@link TaskRun#subtasks} is
   * terminal are not to be touched. The task is completed when this returns and all its sub-tasks
   * are.
   *
   * @throws TaskFailure if the task can't be done
   * @throws InterruptedException when told to leave off, by an interrupt: the task was cancelled,
   *     or the server stops. Then everything that it began must have come to rest
   */
  void run(TaskRun run) throws TaskFailure, InterruptedException;

  /** Removes what runs left behind that is of no use to anybody; the task was deleted. */
  default void discard(String tenant, JsonNode params) {}

  /**
   * What a task is to do.
   *
   * @param shown the params without credentials: what readers of the task see
   * @param parts the sub-tasks, in order
   */
  record Plan(JsonNode shown, List<Part> parts) {
    public Plan {
      parts = List.copyOf(parts);
    }
  }

  /**
   * A sub-task to be.
   *
   * @param bytes its size, where it is known
   */
  record Part(String name, @Nullable Long bytes) {}
}

package dev.freshet.tasks;

import dev.freshet.event.Json;
import dev.freshet.schemas.PayloadSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The TaskDetail is what its schema and its description say, and the clients' type with them. */
class TaskSchemaTest {
  private static final Path FILE =
      Path.of("src/main/resources/dev/freshet/tasks/tasks.schema.json");
  private static final String TIME = "2026-01-05T10:00:00.000Z";

  private final PayloadSchema schema =
      new PayloadSchema("Tasks", "What tasks are to those who watch them.")
          .type(TaskDetail.class)
          .named(Status.class, "TaskStatus")
          .named(Subtask.class, "TaskSubtask")
          .named(Progress.class, "TaskProgress");

  @Test
  void schema_holdsTheTaskDetailAsItsRecordIs() throws IOException {
    schema.isWrittenTo(FILE);
  }

  static List<Record> documents() {
    TaskError error = new TaskError("subtasks_failed", "one of two");
    Subtask waiting = new Subtask("0", "a", Status.PENDING, 0, null, 0, 0, null, null);
    Subtask failed = new Subtask("1", "b", Status.FAILED, 3, 9L, 0, 2, "00", error);
    return List.of(
        error,
        waiting,
        failed,
        Progress.of(List.of(waiting)),
        Progress.of(List.of(failed)),
        task(null, List.of(waiting), null, null),
        task("n", List.of(waiting, failed), error, TIME));
  }

  private static TaskDetail task(
      String name, List<Subtask> subtasks, TaskError error, String time) {
    return new TaskDetail(
        "t1",
        "transfer",
        name,
        Status.RUNNING,
        Json.parse("{\"sources\":[]}").node(),
        "ada",
        TIME,
        time,
        time,
        Progress.of(subtasks),
        subtasks,
        error,
        name);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void document_asItIsWritten_isWhatTheSchemaSays(Record document) {
    schema.describes(document);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {TaskDetail.class, Progress.class, Subtask.class, TaskError.class, Status.class})
  void description_ofTheRoutes_saysWhatTheRecordSays(Class<?> type) throws IOException {
    schema.agreesWith(Tasks.class.getResource("openapi.yaml"), type.getSimpleName(), type);
  }
}

package dev.freshet.tasks;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** One run of a task, to which its kind reports. Thread-safe. */
public interface TaskRun {
  String id();

  String tenant();

  /** The params as they were given, credentials included. */
  JsonNode params();

  /** How the sub-tasks stood when this run began. */
  List<Subtask> subtasks();

  /** The sub-task with that index. */
  Report subtask(int index);

  /** Returns when all that was reported until now is durable; blocks. */
  void save();

  /** Takes what there is to tell of a sub-task; viewers see it at intervals. */
  interface Report {
    Status status();

    /** It was begun, once more. */
    void attempt();

    /** It is being done, or verified. */
    void status(Status status);

    /** So large will it be. */
    void total(long bytes);

    /** So much of it is done. */
    void done(long bytes);

    /** So much more of it is done; less, if negative. */
    void add(long bytes);

    /**
     * @param sha256 of the result
     */
    void completed(String sha256);

    void failed(TaskError error);
  }
}

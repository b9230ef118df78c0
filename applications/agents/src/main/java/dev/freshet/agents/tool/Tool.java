package dev.freshet.agents.tool;

import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Something that a model may have done. Thread-safe; several calls may run at once. */
public interface Tool {
  /** {@code read_file}; what the model, the settings and the events call it. */
  String name();

  /** What it does, for the model and for people. */
  String description();

  /** The JSON Schema of its params: an object. */
  ObjectNode schema();

  /**
   * Does it. Told to leave off by an interrupt.
   *
   * @param params that meet the schema
   * @throws ToolException if it can't be done
   */
  Done run(Sandbox sandbox, JsonNode params)
      throws ToolException, IOException, InterruptedException;

  /**
   * What came of it.
   *
   * @param result what the model is told: bounded, and says so where something was cut
   * @param files that were written
   */
  record Done(ObjectNode result, List<Written> files) {
    public Done {
      files = List.copyOf(files);
    }

    static Done of(ObjectNode result) {
      return new Done(result, List.of());
    }
  }

  /** A file that was written. */
  record Written(String path, long bytes) {}
}

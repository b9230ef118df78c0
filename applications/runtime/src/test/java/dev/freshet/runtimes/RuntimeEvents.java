package dev.freshet.runtimes;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The payloads of PROTOCOL §8.6. The server puts the text of the first two together from what the
 * log has, without reading it; a test holds what it sends against these.
 */
final class RuntimeEvents {
  private RuntimeEvents() {}

  /**
   * All selected slices, at one position.
   *
   * @param slices values by name
   * @param versions by name
   * @param timestamp of the newest change in it
   */
  record Initial(Map<String, JsonNode> slices, Map<String, Long> versions, String timestamp) {}

  /**
   * A change of a slice, from `base` to `version`: by patches or by a value, never both.
   *
   * @param cause left out where changes were skipped
   */
  record Update(
      String slice,
      long version,
      long base,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Patch> patches,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode value,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Cause cause,
      String timestamp) {}

  /** An operation of a JSON Patch (RFC 6902). */
  record Patch(
      Operation op,
      String path,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String from,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode value) {
    enum Operation {
      @JsonProperty("add")
      ADD,
      @JsonProperty("remove")
      REMOVE,
      @JsonProperty("replace")
      REPLACE,
      @JsonProperty("move")
      MOVE,
      @JsonProperty("copy")
      COPY,
      @JsonProperty("test")
      TEST
    }
  }

  /**
   * The action that changed a slice.
   *
   * @param payload left out where the slice's policy does not show it
   */
  record Cause(
      String type,
      String id,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode payload) {}

  /**
   * How something that the runtime's program does is going.
   *
   * @param error null unless it failed
   */
  record ExecutionStatus(Status status, String executionId, String turnId, @Nullable String error) {
    enum Status {
      @JsonProperty("started")
      STARTED,
      @JsonProperty("completed")
      COMPLETED,
      @JsonProperty("failed")
      FAILED
    }
  }

  /**
   * What the program tells, and what changes no slice.
   *
   * @param slice left out where it is for all who watch the runtime
   */
  record CustomEvent(
      String name,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String slice,
      JsonNode payload,
      String timestamp) {}
}

package dev.freshet.state;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A patch of RFC 6902: operations that are applied in order, all or none. Strict: what the RFC
 * calls an error is one, an array index has no leading zeros, a number equals another of the same
 * value, and the root can be replaced but not removed. Immutable; thread-safe.
 */
public final class JsonPatch {
  private final List<PatchOperation> operations;
  private final Bounds bounds;

  private JsonPatch(List<PatchOperation> operations, Bounds bounds) {
    this.operations = List.copyOf(operations);
    this.bounds = bounds;
  }

  /**
   * @param document an array of operations; not to be changed afterwards
   * @throws PatchException of kind {@link PatchException.Kind#INVALID}
   */
  public static JsonPatch parse(JsonNode document, Bounds bounds) {
    if (!document.isArray())
      throw PatchException.document("a patch must be an array of operations");
    if (document.size() > bounds.operations()) {
      throw PatchException.document(
          "the patch has "
              + document.size()
              + " operations; at most "
              + bounds.operations()
              + ": send several");
    }
    List<PatchOperation> operations = new ArrayList<>(document.size());
    for (JsonNode operation : document) {
      operations.add(new PatchParser(operation, operations.size()).operation());
    }
    return new JsonPatch(operations, bounds);
  }

  /**
   * The value that the operations make of another one, which is not changed.
   *
   * @throws PatchException of kind {@link PatchException.Kind#FAILED}
   */
  public JsonNode apply(JsonNode value) {
    PatchTarget target = new PatchTarget(value.deepCopy(), bounds);
    for (PatchOperation operation : operations) target.apply(operation);
    return target.root();
  }

  /**
   * What a patch may cost. Only {@code copy} and {@code move} can do more than the patch is long,
   * so they are bounded by what they transfer.
   *
   * @param operations in one patch
   * @param transferred bytes of JSON text that all {@code copy} and {@code move} operations of a
   *     patch transfer together
   * @param depth of nesting that an operation may reach
   */
  public record Bounds(int operations, long transferred, int depth) {
    public static final Bounds DEFAULT = new Bounds(4096, 4L << 20, 128);

    public Bounds {
      if (operations < 0 || transferred < 0 || depth < 0) {
        throw new IllegalArgumentException("bounds of a patch must not be negative");
      }
    }
  }
}

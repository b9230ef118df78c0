package dev.freshet.state;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The operations of a diff so far, at the place that the diff has reached. For one thread. */
final class PatchWriter {
  /**
   * The text of an operation around its path and value: {@code
   * {"op":"replace","path":"","value":},}.
   */
  private static final int FRAME = 36;

  private final Budget budget;
  private final ArrayNode operations = JsonNodeFactory.instance.arrayNode();
  private final StringBuilder path = new StringBuilder();
  private long bytes;

  PatchWriter(Budget budget) {
    this.budget = budget;
  }

  ArrayNode operations() {
    return operations;
  }

  /** Goes to a member or element; what it returns is for {@link #leave}. */
  int enter(String token) {
    int parent = path.length();
    path.append('/').append(JsonPointer.escape(token));
    return parent;
  }

  void leave(int parent) {
    path.setLength(parent);
  }

  void add(JsonNode value) {
    write("add", value, bytes(value, Long.MAX_VALUE));
  }

  void replace(JsonNode value) {
    write("replace", value, bytes(value, Long.MAX_VALUE));
  }

  void remove() {
    write("remove", null, 0);
  }

  /**
   * Replaces what was written since the mark by one operation if that is shorter. Not at the root:
   * that is the value.
   */
  void replaceIfShorter(Mark mark, JsonNode value) {
    long written = bytes - mark.bytes();
    if (path.isEmpty() || operations.size() - mark.operations() < 2) return;
    long whole = bytes(value, written);
    if (whole + FRAME + path.length() >= written) return;
    while (operations.size() > mark.operations()) operations.remove(operations.size() - 1);
    bytes = mark.bytes();
    write("replace", value, whole);
  }

  Mark mark() {
    return new Mark(operations.size(), bytes);
  }

  private void write(String op, @Nullable JsonNode value, long length) {
    bytes += FRAME + path.length() + length;
    budget.wrote(bytes);
    ObjectNode operation = operations.addObject().put("op", op).put("path", path.toString());
    if (value != null) operation.set("value", value);
  }

  private long bytes(JsonNode value, long enough) {
    return Extent.bytes(value, enough, budget);
  }

  /** A place to go back to. */
  record Mark(int operations, long bytes) {}
}

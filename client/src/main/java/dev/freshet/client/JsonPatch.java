package dev.freshet.client;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applies a JSON Patch (RFC 6902), all of it or nothing. Values are never changed: a result shares
 * with the value before it all that the patch did not touch.
 */
final class JsonPatch {
  private JsonPatch() {}

  /**
   * @throws PatchFailedException if an operation is malformed, its target is missing or a test
   *     fails
   */
  static JsonNode apply(JsonNode operations, JsonNode value) {
    JsonNode result = value;
    for (JsonNode operation : operations) result = one(operation, result);
    return result;
  }

  private static JsonNode one(JsonNode operation, JsonNode root) {
    List<String> path = pointer(operation, "path");
    String op = operation.path("op").asString("");
    return switch (op) {
      case "add" -> add(root, path, value(operation));
      case "remove" -> remove(root, path);
      case "replace" -> replace(root, path, value(operation));
      case "move" -> move(root, pointer(operation, "from"), path);
      case "copy" -> add(root, path, get(root, pointer(operation, "from")));
      case "test" -> test(root, path, value(operation));
      default -> throw new PatchFailedException("unknown op '" + op + "'");
    };
  }

  private static JsonNode value(JsonNode operation) {
    JsonNode value = operation.path("value");
    if (value.isMissingNode()) throw new PatchFailedException("operation without value");
    return value;
  }

  private static List<String> pointer(JsonNode operation, String member) {
    String text = operation.path(member).stringValue(null);
    if (text == null || !(text.isEmpty() || text.startsWith("/"))) {
      throw new PatchFailedException(member + " is not a JSON Pointer: " + text);
    }
    List<String> names = new ArrayList<>();
    if (text.isEmpty()) return names;
    for (String name : text.substring(1).split("/", -1)) {
      names.add(name.replace("~1", "/").replace("~0", "~"));
    }
    return names;
  }

  private static JsonNode get(JsonNode root, List<String> path) {
    JsonNode node = root;
    for (String name : path) node = child(node, name);
    return node;
  }

  private static JsonNode child(JsonNode node, String name) {
    return node instanceof ArrayNode array
        ? array.get(index(array, name, false))
        : member(node, name);
  }

  private static JsonNode member(JsonNode node, String name) {
    JsonNode member = node instanceof ObjectNode object ? object.get(name) : null;
    if (member == null) throw new PatchFailedException("nothing at '" + name + "'");
    return member;
  }

  private static int index(ArrayNode array, String name, boolean adding) {
    if (adding && name.equals("-")) return array.size();
    int limit = adding ? array.size() : array.size() - 1;
    if (!name.matches("0|[1-9][0-9]{0,8}") || Integer.parseInt(name) > limit) {
      throw new PatchFailedException("no index '" + name + "' in an array of " + array.size());
    }
    return Integer.parseInt(name);
  }

  private static JsonNode add(JsonNode root, List<String> path, JsonNode value) {
    return path.isEmpty()
        ? value
        : edit(
            root,
            path,
            (parent, name) -> {
              if (parent instanceof ArrayNode array) array.insert(index(array, name, true), value);
              else ((ObjectNode) parent).set(name, value);
            });
  }

  private static JsonNode remove(JsonNode root, List<String> path) {
    if (path.isEmpty()) throw new PatchFailedException("the whole value cannot be removed");
    return edit(
        root,
        path,
        (parent, name) -> {
          child(parent, name);
          if (parent instanceof ArrayNode array) array.remove(index(array, name, false));
          else ((ObjectNode) parent).remove(name);
        });
  }

  private static JsonNode replace(JsonNode root, List<String> path, JsonNode value) {
    return path.isEmpty() ? value : edit(root, path, (parent, name) -> set(parent, name, value));
  }

  private static void set(JsonNode parent, String name, JsonNode value) {
    child(parent, name);
    if (parent instanceof ArrayNode array) array.set(index(array, name, false), value);
    else ((ObjectNode) parent).set(name, value);
  }

  private static JsonNode move(JsonNode root, List<String> from, List<String> path) {
    boolean inside = path.size() > from.size() && path.subList(0, from.size()).equals(from);
    if (inside) throw new PatchFailedException("a value cannot move into itself");
    JsonNode moved = get(root, from);
    return from.equals(path) ? root : add(remove(root, from), path, moved);
  }

  private static JsonNode test(JsonNode root, List<String> path, JsonNode value) {
    if (!get(root, path).equals(JsonPatch::compare, value)) {
      throw new PatchFailedException("test failed at /" + String.join("/", path));
    }
    return root;
  }

  /** Equality of leaves in which 1 is 1.0, as RFC 6902 §4.6 has it. */
  private static int compare(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) return a.decimalValue().compareTo(b.decimalValue());
    return a.equals(b) ? 0 : 1;
  }

  /** Changes the container that holds the last name of a path, and copies those above it. */
  private static JsonNode edit(JsonNode node, List<String> path, Change change) {
    JsonNode copy = copy(node);
    if (path.size() == 1) {
      change.make(copy, path.getFirst());
      return copy;
    }
    String name = path.getFirst();
    set(copy, name, edit(child(node, name), path.subList(1, path.size()), change));
    return copy;
  }

  private static JsonNode copy(JsonNode container) {
    return switch (container) {
      case ObjectNode object -> Json.MAPPER.createObjectNode().setAll(object);
      case ArrayNode array -> Json.MAPPER.createArrayNode().addAll(array);
      default -> throw new PatchFailedException("a " + container.getNodeType() + " has no members");
    };
  }

  private interface Change {
    void make(JsonNode container, String name);
  }
}

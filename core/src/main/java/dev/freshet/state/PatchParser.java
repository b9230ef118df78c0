package dev.freshet.state;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one operation of a patch; members that it does not need are ignored (RFC 6902 §4). */
final class PatchParser {
  private final JsonNode operation;
  private final int index;

  PatchParser(JsonNode operation, int index) {
    this.operation = operation;
    this.index = index;
  }

  PatchOperation operation() {
    if (!operation.isObject())
      throw PatchException.invalid(index, "", "an operation must be an object");
    String op = text("op");
    return switch (op) {
      case "add" -> new PatchOperation.Add(pointer("path"), value());
      case "remove" -> new PatchOperation.Remove(pointer("path"));
      case "replace" -> new PatchOperation.Replace(pointer("path"), value());
      case "move" -> move();
      case "copy" -> new PatchOperation.Copy(pointer("from"), pointer("path"));
      case "test" -> new PatchOperation.Test(pointer("path"), value());
      default -> throw invalid(JsonPointer.shown(op) + " is not an operation");
    };
  }

  private PatchOperation move() {
    PatchOperation.Move move = new PatchOperation.Move(pointer("from"), pointer("path"));
    if (move.from().holds(move.path())) throw invalid("a value cannot be moved into itself");
    return move;
  }

  private JsonPointer pointer(String member) {
    try {
      return JsonPointer.parse(text(member));
    } catch (IllegalArgumentException notAPointer) {
      throw invalid("'" + member + "' is not a pointer: " + notAPointer.getMessage());
    }
  }

  private String text(String member) {
    JsonNode value = operation.get(member);
    if (value == null || !value.isString()) throw invalid("'" + member + "' must be a string");
    return value.stringValue();
  }

  private JsonNode value() {
    JsonNode value = operation.get("value");
    if (value == null) throw invalid("'value' is missing");
    return value;
  }

  private PatchException invalid(String reason) {
    @Nullable JsonNode path = operation.get("path");
    return PatchException.invalid(index, path == null ? "" : path.asString(""), reason);
  }
}

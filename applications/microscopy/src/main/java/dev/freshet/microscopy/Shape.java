package dev.freshet.microscopy;

import dev.freshet.event.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How entities of one kind look: every field of the response schema, always there. */
final class Shape {
  private static final String STATUS = "status";

  private final Kind kind;
  private final List<Field> fields;

  /** What a field that is never null holds when the request does not say. */
  private final Map<String, Object> initial;

  Shape(Kind kind, ApiDocument api) {
    this.kind = kind;
    this.fields = api.fields(kind.responseSchema());
    this.initial =
        Map.of(
            STATUS,
            kind.initialStatus(),
            "name",
            "Unknown",
            "is_near_grid_bar",
            false,
            "atlas_id",
            "",
            "tile_id",
            "");
  }

  /** The field that tells entities with the same parent apart. */
  String identity() {
    return kind.identity();
  }

  /**
   * A new entity.
   *
   * @param at where the request is in the body, as a JSON Pointer
   * @param parent the uuid of the entity that it is created under
   */
  ObjectNode created(JsonNode request, String at, String parent) {
    ObjectNode entity = Json.MAPPER.createObjectNode();
    for (Field field : fields) {
      JsonNode given = request.path(field.name());
      entity.set(field.name(), isValue(given) ? accepted(field, given, at) : initial(field));
    }
    return withParent(entity, parent);
  }

  private JsonNode initial(Field field) {
    return Json.MAPPER.valueToTree(initial.get(field.name()));
  }

  /** The entity with what the request gives; what it leaves out stays. */
  ObjectNode updated(ObjectNode entity, JsonNode request) {
    ObjectNode updated = entity.deepCopy();
    for (Field field : fields) {
      JsonNode given = request.path(field.name());
      if (changes(field, given)) updated.set(field.name(), accepted(field, given, ""));
    }
    return updated;
  }

  /**
   * Not identity and parent, not null where there is always a value, and not back to the first
   * status.
   */
  private boolean changes(Field field, JsonNode given) {
    String name = field.name();
    if (name.equals("uuid") || name.equals(kind.parentField())) return false;
    if (!isValue(given)) return given.isNull() && field.nullable() && !initial.containsKey(name);
    return !name.equals(STATUS) || !given.asString().equals(Kind.NOTHING_YET);
  }

  /** The entity under another parent; foil holes don't say which one they are under. */
  ObjectNode withParent(ObjectNode entity, String parent) {
    if (entity.has(kind.parentField())) entity.put(kind.parentField(), parent);
    return entity;
  }

  private static boolean isValue(JsonNode given) {
    return given.isValueNode() && !given.isNull();
  }

  private static JsonNode accepted(Field field, JsonNode given, String at) {
    return field
        .accept(given)
        .orElseThrow(() -> Failures.notATime(at + "/" + field.name(), given.asString()));
  }
}

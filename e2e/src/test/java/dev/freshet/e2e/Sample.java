package dev.freshet.e2e;

import dev.freshet.event.Json;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values that a schema of an OpenAPI document describes, with every member that it knows. */
final class Sample {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonNode schemas;
  private final Map<String, String> given;
  private final Iterator<String> uuids;

  /**
   * @param given what members with these names are
   * @param uuids of the entities themselves, in the order of the document
   */
  Sample(JsonNode document, Map<String, String> given, List<String> uuids) {
    this.schemas = document.at("/components/schemas");
    this.given = given;
    this.uuids = uuids.iterator();
  }

  JsonNode of(JsonNode described) {
    JsonNode schema = resolved(schemas, described);
    if (schema.has("enum")) return schema.path("enum").get(schema.path("enum").size() - 1);
    return switch (schema.path("type").asString("")) {
      case "object" -> object(schema);
      case "array" -> NODES.arrayNode().add(of(schema.path("items")));
      case "integer" -> NODES.numberNode(7);
      case "number" -> NODES.numberNode(1.5);
      case "boolean" -> NODES.booleanNode(true);
      case "string" ->
          NODES.stringNode(
              schema.path("format").asString("").equals("date-time")
                  ? "2026-01-05T10:00:00Z"
                  : "text");
      default -> throw new IllegalArgumentException("no sample of " + schema);
    };
  }

  private ObjectNode object(JsonNode schema) {
    ObjectNode object = Json.MAPPER.createObjectNode();
    for (var property : schema.path("properties").properties()) {
      object.set(property.getKey(), member(property.getKey(), property.getValue()));
    }
    return object;
  }

  private JsonNode member(String name, JsonNode schema) {
    if (name.equals("uuid")) return NODES.stringNode(uuids.next());
    String value = given.get(name);
    return value == null ? of(schema) : NODES.stringNode(value);
  }

  /** The schema itself: behind references, and of several the first that is not for null. */
  static JsonNode resolved(JsonNode schemas, JsonNode schema) {
    if (schema.has("$ref")) {
      String ref = schema.path("$ref").asString();
      return resolved(schemas, schemas.path(ref.substring(ref.lastIndexOf('/') + 1)));
    }
    if (!schema.has("anyOf")) return schema;
    return schema
        .path("anyOf")
        .valueStream()
        .map(one -> resolved(schemas, one))
        .filter(one -> !one.path("type").asString("").equals("null"))
        .findFirst()
        .orElseThrow();
  }

  /** A sample with one member, or one item's, of another type each time; with where that is. */
  static Stream<Wrong> wrong(JsonNode sample) {
    return switch (sample) {
      case ObjectNode object -> object.propertyNames().stream().flatMap(n -> wrong(object, n));
      case ArrayNode array ->
          wrong(array.get(0)).map(w -> new Wrong(NODES.arrayNode().add(w.body()), "0," + w.at()));
      default -> Stream.empty();
    };
  }

  private static Stream<Wrong> wrong(ObjectNode sample, String name) {
    if (sample.path(name).isArray()) {
      return wrong(sample.path(name))
          .map(w -> new Wrong(sample.deepCopy().set(name, w.body()), name + "," + w.at()));
    }
    ObjectNode other = sample.deepCopy();
    other.putObject(name);
    return Stream.of(new Wrong(other, name));
  }

  /**
   * @param at as the places of a 422 name it, joined by commas
   */
  record Wrong(JsonNode body, String at) {}
}

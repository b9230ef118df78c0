package dev.freshet.agents.tool;

import dev.freshet.event.Json;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas of params, in the part of the language that every model's provider knows. */
final class Schemas {
  private Schemas() {}

  /**
   * @param required names of members
   */
  static ObjectNode object(ObjectNode properties, String... required) {
    ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "object");
    schema.set("properties", properties);
    for (String name : required) schema.withArray("required").add(name);
    return schema.put("additionalProperties", false);
  }

  static ObjectNode properties() {
    return Json.MAPPER.createObjectNode();
  }

  static ObjectNode text(String description) {
    return Json.MAPPER.createObjectNode().put("type", "string").put("description", description);
  }

  static ObjectNode truth(String description) {
    return Json.MAPPER.createObjectNode().put("type", "boolean").put("description", description);
  }

  static ObjectNode count(String description) {
    return Json.MAPPER
        .createObjectNode()
        .put("type", "integer")
        .put("minimum", 1)
        .put("description", description);
  }

  static ObjectNode texts(String description, int most) {
    ObjectNode schema =
        Json.MAPPER.createObjectNode().put("type", "array").put("description", description);
    schema.putObject("items").put("type", "string");
    return schema.put("maxItems", most);
  }
}

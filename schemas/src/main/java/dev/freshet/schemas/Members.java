package dev.freshet.schemas;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * What a schema says, as one line for each member that a document has: where it is, and what it may
 * be. So two schemas that are put differently can be compared.
 */
final class Members {
  private static final int DEPTH = 20;

  private final UnaryOperator<JsonNode> resolve;
  private final Map<String, TreeSet<String>> found = new TreeMap<>();

  private Members(UnaryOperator<JsonNode> resolve) {
    this.resolve = resolve;
  }

  /**
   * @param document that the references of the schema point into
   */
  static Map<String, String> of(JsonNode schema, JsonNode document) {
    Members members = new Members(node -> resolved(node, document));
    members.add("", schema, 0);
    Map<String, String> lines = new TreeMap<>();
    members.found.forEach((at, kinds) -> lines.put(at, String.join(" or ", kinds)));
    return lines;
  }

  private static JsonNode resolved(JsonNode node, JsonNode document) {
    JsonNode at = node;
    while (at.path("$ref").isString()) at = document.at(at.path("$ref").asString().substring(1));
    return at;
  }

  private void add(String at, JsonNode written, int depth) {
    if (depth > DEPTH) throw new IllegalArgumentException(at + " holds itself");
    JsonNode schema = resolve.apply(written);
    for (String several : new String[] {"allOf", "anyOf", "oneOf"})
      for (JsonNode each : schema.path(several)) add(at, each, depth + 1);
    if (schema.has("const")) note(at, schema.path("const").toString());
    for (JsonNode value : schema.path("enum")) note(at, value.toString());
    if (schema.path("type").isArray())
      for (JsonNode type : schema.path("type")) note(at, type.asString());
    else if (schema.has("type") && !schema.has("enum")) note(at, schema.path("type").asString());
    String inside = at + tag(schema);
    for (Map.Entry<String, JsonNode> member : schema.path("properties").properties())
      add(
          inside + "." + member.getKey() + mark(schema, member.getKey()),
          member.getValue(),
          depth + 1);
    if (schema.has("items")) add(at + "[]", schema.path("items"), depth + 1);
    if (schema.path("additionalProperties").isObject())
      add(at + ".*", schema.path("additionalProperties"), depth + 1);
    found.computeIfAbsent(at, key -> new TreeSet<>());
  }

  private void note(String at, String kind) {
    found.computeIfAbsent(at, key -> new TreeSet<>()).add(kind);
  }

  /** Tells the members of one record of a union from those of another. */
  private String tag(JsonNode schema) {
    for (JsonNode member : schema.path("properties")) {
      JsonNode value = resolve.apply(member).path("const");
      if (value.isString()) return "<" + value.asString() + ">";
    }
    return "";
  }

  private static String mark(JsonNode schema, String member) {
    for (JsonNode required : schema.path("required"))
      if (required.asString().equals(member)) return "";
    return "?";
  }
}

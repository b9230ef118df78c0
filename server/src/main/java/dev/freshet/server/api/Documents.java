package dev.freshet.server.api;

import dev.freshet.event.Json;
import dev.freshet.server.http.Answer;
import dev.freshet.server.openapi.ApiDocument;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /openapi.json}: the native document and those of the applications as one. */
final class Documents implements Handler {
  private final List<ApiDocument> documents;

  /**
   * @param documents the first one gives the frame; the schemas of the others get their document's
   *     name in front
   */
  Documents(List<ApiDocument> documents) {
    this.documents = List.copyOf(documents);
  }

  private byte[] merged() {
    ObjectNode all = documents.getFirst().root().deepCopy();
    ObjectNode paths = all.withObject("/paths");
    ObjectNode components = all.withObject("/components");
    for (ApiDocument document : documents.subList(1, documents.size())) {
      JsonNode renamed = renamed(document.root(), document.name());
      renamed.path("paths").properties().forEach(p -> merge(paths, p.getKey(), p.getValue()));
      for (Map.Entry<String, JsonNode> kind : renamed.path("components").properties()) {
        ObjectNode into = components.withObjectProperty(kind.getKey());
        kind.getValue()
            .properties()
            .forEach(c -> into.set(document.name() + "." + c.getKey(), c.getValue()));
      }
    }
    return Json.MAPPER.writeValueAsBytes(all);
  }

  private static void merge(ObjectNode paths, String path, JsonNode operations) {
    if (paths.get(path) instanceof ObjectNode there) there.setAll((ObjectNode) operations);
    else paths.set(path, operations);
  }

  /** The document with its references to its own components renamed. */
  private static JsonNode renamed(JsonNode node, String name) {
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Json.MAPPER.createArrayNode();
      array.forEach(item -> copy.add(renamed(item, name)));
      return copy;
    }
    if (!(node instanceof ObjectNode object)) return node;
    ObjectNode copy = Json.MAPPER.createObjectNode();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      boolean ref = member.getKey().equals("$ref") && member.getValue().isString();
      if (ref) copy.put("$ref", reference(member.getValue().stringValue(), name));
      else copy.set(member.getKey(), renamed(member.getValue(), name));
    }
    return copy;
  }

  private static String reference(String ref, String name) {
    return ref.replaceFirst("^(#/components/[^/]+/)", "$1" + name + ".");
  }

  @Override
  public Answer handle(Request request) {
    return Answer.of(200, Answer.JSON, merged());
  }
}

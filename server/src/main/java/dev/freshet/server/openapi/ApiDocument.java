package dev.freshet.server.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.freshet.event.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** An OpenAPI 3.1 document, JSON or YAML, and the routes that it describes. */
public final class ApiDocument {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  private final String name;
  private final ObjectNode root;
  private final ObjectNode absolute;
  private final SchemaRegistry schemas;

  private ApiDocument(String name, ObjectNode root) {
    String iri = "https://freshet.dev/openapi/" + name;
    this.name = name;
    this.root = root;
    this.absolute = (ObjectNode) absolute(root, iri);
    this.schemas =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, b -> b.schemas(Map.of(iri, absolute.toString())));
  }

  /**
   * @param name of the application that it belongs to
   */
  public static ApiDocument load(String name, URL location) {
    try (InputStream in = location.openStream()) {
      // JSON is YAML, but read much faster as what it is.
      ObjectMapper mapper = location.getPath().endsWith(".json") ? Json.MAPPER : new YAMLMapper();
      return new ApiDocument(name, (ObjectNode) mapper.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String name() {
    return name;
  }

  public ObjectNode root() {
    return root;
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    absolute
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue().properties().stream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .forEach(o ->
                    routes.add(route(path.getKey(), path.getValue(), o.getKey(), o.getValue()))));
    return routes;
  }

  private Route route(String template, JsonNode path, String method, JsonNode operation) {
    JsonNode security =
        operation.has("security") ? operation.path("security") : root.path("security");
    List<Parameter> parameters = new ArrayList<>();
    path.path("parameters").forEach(p -> parameters.add(parameter(p)));
    operation.path("parameters").forEach(p -> parameters.add(parameter(p)));
    return new Route(
        name,
        operation.path("operationId").asString(method + " " + template),
        method.toUpperCase(java.util.Locale.ROOT),
        template,
        !(security.isArray() && security.isEmpty()),
        parameters,
        body(operation.path("requestBody")));
  }

  private Parameter parameter(JsonNode described) {
    JsonNode node = resolve(described);
    JsonNode schema = node.path("schema");
    String in = node.path("in").asString();
    boolean explode = node.path("explode").asBoolean(in.equals("query"));
    return new Parameter(
        node.path("name").asString(),
        in,
        node.path("required").asBoolean(false),
        explode,
        node.path("x-freshet-rest").asBoolean(false),
        Kinds.of(schema, this::resolve),
        schema(schema));
  }

  private Body body(JsonNode described) {
    JsonNode node = resolve(described);
    List<Body.Content> contents = new ArrayList<>();
    for (Map.Entry<String, JsonNode> content : node.path("content").properties()) {
      contents.add(new Body.Content(content.getKey(), schema(content.getValue().path("schema"))));
    }
    return new Body(node.path("required").asBoolean(false), contents);
  }

  private Schema schema(JsonNode schema) {
    return schemas.getSchema(schema.isMissingNode() ? Json.MAPPER.createObjectNode() : schema);
  }

  private JsonNode resolve(JsonNode node) {
    String ref = node.path("$ref").asString("");
    return ref.isEmpty() ? node : resolve(absolute.at(ref.substring(ref.indexOf('#') + 1)));
  }

  /** The document with its local references made absolute, so that a part of it can stand alone. */
  private static JsonNode absolute(JsonNode node, String iri) {
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Json.MAPPER.createArrayNode();
      array.forEach(item -> copy.add(absolute(item, iri)));
      return copy;
    }
    if (!(node instanceof ObjectNode object)) return node;
    ObjectNode copy = Json.MAPPER.createObjectNode();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      JsonNode value = member.getValue();
      boolean local =
          member.getKey().equals("$ref") && value.isString() && value.stringValue().startsWith("#");
      if (local) copy.put("$ref", iri + value.stringValue());
      else copy.set(member.getKey(), absolute(value, iri));
    }
    return copy;
  }
}

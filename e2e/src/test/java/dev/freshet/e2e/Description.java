package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.freshet.event.Json;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document that a server serves, held against what it answers. */
final class Description {
  private static final String IRI = "https://freshet.dev/served";

  private final JsonNode document;
  private final SchemaRegistry schemas;
  private final Map<String, JsonNode> operations = new TreeMap<>();
  private final Set<String> seen = new TreeSet<>();

  Description(String document) {
    String absolute = document.replace("\"$ref\":\"#/", "\"$ref\":\"" + IRI + "#/");
    this.document = Json.MAPPER.readTree(absolute);
    this.schemas =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, b -> b.schemas(Map.of(IRI, absolute)));
    this.document
        .path("paths")
        .forEach(path -> path.forEach(o -> operations.put(o.path("operationId").asString(), o)));
    operations.remove("");
  }

  Set<String> operations() {
    return operations.keySet();
  }

  /** The operations that {@link #check} has seen. */
  Set<String> seen() {
    return seen;
  }

  /** Asserts that the answer is one that the operation's description has. */
  void check(String operationId, HttpResponse<String> answer) {
    seen.add(operationId);
    String what = operationId + " " + answer.statusCode() + " " + answer.body();
    JsonNode operation = operations.get(operationId);
    assertThat(operation).as(operationId).isNotNull();
    JsonNode described =
        resolve(operation.path("responses").path(Integer.toString(answer.statusCode())));
    assertThat(described.isMissingNode()).as("not described: " + what).isFalse();
    described
        .path("headers")
        .propertyNames()
        .forEach(header ->
            assertThat(answer.headers().firstValue(header)).as(header + " of " + what).isPresent());
    String type = answer.headers().firstValue("content-type").orElse("").replaceFirst(";.*", "");
    JsonNode content = described.path("content");
    assertThat(content.isMissingNode() ? "" : type).as(what).isIn(names(content));
    if (!type.endsWith("json")) return;
    List<Error> errors =
        schemas
            .getSchema(content.path(type).path("schema"))
            .validate(Json.MAPPER.readTree(answer.body()));
    assertThat(errors).as(what).isEmpty();
  }

  private static Set<String> names(JsonNode content) {
    return content.isMissingNode() ? Set.of("") : Set.copyOf(content.propertyNames());
  }

  private JsonNode resolve(JsonNode node) {
    String reference = node.path("$ref").asString("");
    return reference.isEmpty() ? node : document.at(reference.substring(IRI.length() + 1));
  }
}

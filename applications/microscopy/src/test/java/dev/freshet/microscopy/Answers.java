package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Holds answers against the schemas that the OpenAPI description has for them. */
final class Answers {
  private static final String IRI = "https://freshet.test/openapi.json";
  private static final String SCHEMA = "/content/application~1json/schema";

  private final SchemaRegistry registry;
  private final JsonNode paths;

  Answers(JsonNode document) {
    this.paths = document.path("paths");
    this.registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, b -> b.schemas(Map.of(IRI, document.toString())));
  }

  void check(String template, String method, Api.Answer answer) {
    if (answer.status() == 403) return; // SmartEM's document knows no grants.
    String what = "%s %s answers %s".formatted(method, template, answer);
    JsonNode response =
        paths.path(template).path(method).path("responses").path("" + answer.status());
    assertThat(response.isMissingNode()).as(what).isFalse();
    if (!response.at(SCHEMA).isObject()) return;
    String path = template.replace("/", "~1");
    Schema schema =
        schema("/paths/%s/%s/responses/%d%s".formatted(path, method, answer.status(), SCHEMA));
    assertThat(schema.validate(answer.body().toString(), InputFormat.JSON, Answers::formats))
        .as(what)
        .isEmpty();
  }

  private Schema schema(String pointer) {
    return registry.getSchema(SchemaLocation.of(IRI + "#" + pointer));
  }

  private static void formats(ExecutionContext context) {
    context.executionConfig(config -> config.formatAssertionsEnabled(true));
  }
}

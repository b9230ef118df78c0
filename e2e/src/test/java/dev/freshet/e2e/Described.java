package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.freshet.event.Json;
import java.net.http.HttpResponse;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Holds answers against the OpenAPI document that the server itself gives out. */
final class Described {
  private static final String IRI = "https://freshet.test/openapi.json";
  private static final String SCHEMA = "/content/application~1json/schema";

  private final JsonNode document;
  private final SchemaRegistry registry;

  Described(String document) {
    this.document = Json.MAPPER.readTree(document);
    this.registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, b -> b.schemas(Map.of(IRI, document)));
  }

  /**
   * @param route method and path template, {@code get /grids/{grid_uuid}}
   */
  JsonNode check(String route, int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as("%s: %s", route, answer.body()).isEqualTo(status);
    String[] parts = route.split(" ", 2);
    String pointer =
        "/paths/%s/%s/responses/%d".formatted(parts[1].replace("/", "~1"), parts[0], status);
    assertThat(document.at(pointer).isMissingNode()).as("%s answers %d", route, status).isFalse();
    if (answer.body().isEmpty()) return Json.MAPPER.nullNode();
    Schema schema = registry.getSchema(SchemaLocation.of(IRI + "#" + pointer + SCHEMA));
    assertThat(schema.validate(answer.body(), InputFormat.JSON, Described::formats))
        .as("%s: %s", route, answer.body())
        .isEmpty();
    return Json.MAPPER.readTree(answer.body());
  }

  private static void formats(ExecutionContext context) {
    context.executionConfig(config -> config.formatAssertionsEnabled(true));
  }
}

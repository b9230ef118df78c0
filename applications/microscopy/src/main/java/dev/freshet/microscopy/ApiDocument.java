package dev.freshet.microscopy;

import dev.freshet.event.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * The OpenAPI description of this application, from which its field lists and operation ids are
 * taken.
 */
final class ApiDocument {
  static final URL LOCATION =
      Objects.requireNonNull(
          ApiDocument.class.getResource("openapi.json"), "openapi.json is not on the class path");

  private final JsonNode root;

  private ApiDocument(JsonNode root) {
    this.root = root;
  }

  static ApiDocument load() {
    try (InputStream in = LOCATION.openStream()) {
      return new ApiDocument(Json.MAPPER.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The version of the SmartEM API that this speaks. */
  String version() {
    return root.path("info").path("version").asString();
  }

  /**
   * @param route method and path, {@code GET /grids/{grid_uuid}}
   */
  String operationId(String route) {
    String[] parts = route.split(" ", 2);
    JsonNode operation = root.path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
    return operation
        .path("operationId")
        .asStringOpt()
        .orElseThrow(
            () -> new IllegalArgumentException("openapi.json has no route '" + route + "'"));
  }

  /** The values of an enumeration, in the order of the document. */
  List<String> values(String schema) {
    return schema(schema).path("enum").valueStream().map(JsonNode::asString).toList();
  }

  /** The members of a schema that are no lists, in the order of the document. */
  List<Field> fields(String schema) {
    return schema(schema).path("properties").properties().stream()
        .filter(property -> property.getValue().findValue("items") == null)
        .map(property -> Field.of(property.getKey(), property.getValue()))
        .toList();
  }

  private JsonNode schema(String name) {
    return root.path("components").path("schemas").path(name);
  }
}

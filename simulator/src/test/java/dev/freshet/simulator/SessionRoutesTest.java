package dev.freshet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the simulator sends, held against the document of the SmartEM API that is served. */
class SessionRoutesTest {
  private static final Path DOCUMENT =
      Path.of(
          "..",
          "applications",
          "microscopy",
          "src",
          "main",
          "resources",
          "dev",
          "freshet",
          "microscopy",
          "openapi.json");

  private static JsonNode api;

  @BeforeAll
  static void load() throws Exception {
    api = new JsonMapper().readTree(Files.readString(DOCUMENT));
  }

  @Test
  void everyReport_hasARouteAndOnlyFieldsThatItKnows() {
    Timeline timeline = new Timeline(Instant.parse("2026-01-05T08:00:00Z"), 1);
    MicroscopySession.of(1, "m12", timeline).reports().forEach(SessionRoutesTest::check);
  }

  @Test
  void everyLogLine_hasOnlyFieldsThatTheRouteKnows() {
    String path = "/agent/%1$s/session/%1$s/logs".formatted(UUID.randomUUID());
    Timeline timeline = new Timeline(Instant.parse("2026-01-05T08:00:00Z"), 60);
    ObjectNode batch = Script.object();
    ArrayNode lines = batch.putArray("logs");
    for (Step step : MicroscopySession.of(1, "m12", timeline).steps()) {
      if (step instanceof LogLine line) lines.add(line.body());
    }
    assertThat(lines).isNotEmpty();
    check(new Report(Duration.ZERO, Subject.ACQUISITION, "POST", path, batch));
  }

  private static void check(Report report) {
    JsonNode operation = operation(report);
    assertThat(operation.isObject()).as(report.method() + " " + report.path()).isTrue();
    if (report.body() != null) check(report.body(), schema(operation), report.path());
  }

  private static JsonNode operation(Report report) {
    String template =
        report.path().replaceAll("\\?.*", "").replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "{}");
    for (var path : api.path("paths").properties()) {
      if (path.getKey().replaceAll("\\{[a-z_]+}", "{}").equals(template)) {
        return path.getValue().path(report.method().toLowerCase(Locale.ROOT));
      }
    }
    return api.path("none");
  }

  private static JsonNode schema(JsonNode operation) {
    return operation.path("requestBody").path("content").path("application/json").path("schema");
  }

  private static void check(JsonNode value, JsonNode schema, String at) {
    JsonNode resolved = resolved(schema);
    if (value.isArray()) {
      value.forEach(element -> check(element, resolved.path("items"), at + "/[]"));
    } else if (value.isObject()) {
      Set<String> unknown = new HashSet<>(value.propertyNames());
      unknown.removeAll(resolved.path("properties").propertyNames());
      assertThat(unknown).as("fields of " + at).isEmpty();
      resolved
          .path("required")
          .forEach(r -> assertThat(value.has(r.asString())).as(at + " has " + r).isTrue());
      for (var member : value.properties()) {
        JsonNode type = resolved.path("properties").path(member.getKey());
        checkEnum(member.getValue(), type, at + "/" + member.getKey());
        check(member.getValue(), type, at + "/" + member.getKey());
      }
    }
  }

  private static JsonNode resolved(JsonNode schema) {
    if (schema.has("anyOf")) return resolved(schema.path("anyOf").path(0));
    if (!schema.has("$ref")) return schema;
    String reference = schema.path("$ref").asString();
    return resolved(api.at(reference.substring(1)));
  }

  private static void checkEnum(JsonNode value, JsonNode schema, String at) {
    JsonNode allowed = resolved(schema).path("enum");
    if (allowed.isMissingNode()) return;
    assertThat(allowed.valueStream()).as(at).contains(value);
  }
}

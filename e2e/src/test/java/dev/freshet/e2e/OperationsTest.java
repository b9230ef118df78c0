package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.code;
import static dev.freshet.testkit.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.microscopy.Microscopy;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Health, metrics, documents and the console (PROTOCOL §9). */
class OperationsTest {
  @TempDir private Path directory;

  @Test
  void health_andMetrics_areThereWithoutAToken() {
    try (TestServer server = TestServer.start()) {
      assertThat(server.stranger().get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
      assertThat(server.stranger().get("/health/ready").statusCode()).isEqualTo(200);
      var metrics = server.stranger().get("/metrics");
      assertThat(metrics.headers().firstValue("content-type").orElse(""))
          .startsWith("text/plain; version=0.0.4");
      assertThat(metrics.body())
          .contains(
              "freshet_connections",
              "freshet_stream_deliveries_total",
              "freshet_problems_total{code=\"internal\"}");
    }
  }

  @Test
  void metrics_closed_needTheAdministratorsGrant() {
    try (TestServer server = TestServer.start(Map.of("metrics.open", "false"))) {
      assertThat(code(server.stranger().get("/metrics"))).isEqualTo("unauthenticated");
      assertThat(
              code(
                  server
                      .client(server.token("acme", "me", List.of("**"), List.of()))
                      .get("/metrics")))
          .isEqualTo("not_found");
      assertThat(server.admin().get("/metrics").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void document_holdsTheRoutesOfTheApplicationsToo() {
    try (TestServer server = TestServer.start(Map.of(), new Microscopy())) {
      JsonNode document = json(server.stranger().get("/openapi.json"));
      assertThat(document.path("paths").propertyNames()).contains("/v1/events", "/acquisitions");
      checkReferences(document, document);
      assertThat(document.toString()).doesNotContain("RabbitMQ");
    }
  }

  private static void checkReferences(JsonNode node, JsonNode document) {
    String reference = node.path("$ref").asString("");
    if (!reference.isEmpty()) {
      assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
    node.forEach(child -> checkReferences(child, document));
  }

  @Test
  void console_isServedWithItsPolicy() throws IOException {
    Files.createDirectories(directory.resolve("assets"));
    Files.writeString(directory.resolve("index.html"), "<!doctype html><title>console</title>");
    Files.writeString(directory.resolve("assets/app-Bq3xYz12.js"), "let a;");
    Files.writeString(directory.resolve("icon.svg"), "<svg/>");
    try (TestServer server = TestServer.start(Map.of("console.directory", directory.toString()))) {
      for (String page : List.of("/", "/console/streams", "/console/a/b?x=1")) {
        var answer = server.stranger().get(page, "Accept", "text/html,*/*");
        assertThat(answer.body()).as(page).contains("<title>console</title>");
        assertThat(answer.headers().firstValue("content-security-policy").orElse(""))
            .contains("default-src 'self'");
        assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-cache");
      }
      var script = server.stranger().get("/assets/app-Bq3xYz12.js");
      assertThat(script.headers().firstValue("content-type"))
          .contains("text/javascript; charset=utf-8");
      assertThat(script.headers().firstValue("cache-control").orElse("")).contains("immutable");
      assertThat(server.stranger().get("/icon.svg").headers().firstValue("cache-control"))
          .contains("no-cache");
      assertThat(code(server.stranger().get("/missing.js"))).isEqualTo("not_found");
      assertThat(code(server.stranger().get("/missing", "Accept", "text/html")))
          .isEqualTo("not_found");
    }
  }

  @Test
  void console_outsideItsDirectory_isNotThere_A1() throws IOException {
    Path console = Files.createDirectories(directory.resolve("console"));
    Files.writeString(console.resolve("index.html"), "console");
    Files.writeString(directory.resolve("secret"), "treasure");
    try (TestServer server = TestServer.start(Map.of("console.directory", console.toString()))) {
      for (String path :
          List.of(
              "/../secret",
              "/%2e%2e/secret",
              "/..%2fsecret",
              "/a/../../secret",
              "//secret",
              "/%00")) {
        assertThat(raw(server, path)).as(path).doesNotContain("treasure").contains("404");
      }
    }
  }

  private static String raw(TestServer server, String path) throws IOException {
    try (var raw = dev.freshet.testkit.RawConnection.open(server.port())) {
      return raw.head("GET " + path + " HTTP/1.1", "Host: x", "Connection: close").readAll();
    }
  }

  @Test
  void console_notBuilt_saysSo() {
    try (TestServer server = TestServer.start(Map.of("console.directory", directory.toString()))) {
      assertThat(server.stranger().get("/", "Accept", "text/html").body())
          .contains("has not been built");
    }
    try (TestServer server = TestServer.start(Map.of("console.enabled", "false"))) {
      assertThat(server.stranger().get("/", "Accept", "text/html").statusCode()).isEqualTo(404);
    }
  }
}

package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Json;
import dev.freshet.microscopy.Microscopy;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every route of the SmartEM document on which a session is reported and read, with every field
 * that it describes.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SmartEmDocumentTest {
  /** In an order in which they succeed; after {@code |} the uuids in the body. */
  private static final List<String> CREATING =
      List.of(
          "post /acquisitions|a",
          "post /acquisitions/{acquisition_uuid}/grids|g",
          "post /grids/{grid_uuid}/gridsquares|s",
          "post /grids/{grid_uuid}/gridsquares/batch|s2",
          "post /gridsquares/{gridsquare_uuid}/foilholes|h",
          "post /foilholes/{foilhole_uuid}/micrographs|m",
          "post /grids/{grid_uuid}/atlas|t,l",
          "post /atlases/{atlas_uuid}/tiles|t2",
          "post /atlas-tiles/{tile_uuid}/gridsquares|",
          "post /atlas-tiles/{tile_uuid}/gridsquares/{gridsquare_uuid}|");

  private static final List<String> CHANGING =
      List.of(
          "put /acquisitions/{acquisition_uuid}|a",
          "put /grids/{grid_uuid}|g",
          "put /gridsquares/{gridsquare_uuid}|s",
          "put /foilholes/{foilhole_uuid}|h",
          "put /micrographs/{micrograph_uuid}|m",
          "put /atlases/{atlas_uuid}|l",
          "put /atlas-tiles/{tile_uuid}|t",
          "post /grids/{grid_uuid}/registered|",
          "post /gridsquares/{gridsquare_uuid}/registered|",
          "post /micrographs/{micrograph_uuid}/motion_correction/completed|",
          "post /micrographs/{micrograph_uuid}/motion_correction/registered|",
          "post /micrographs/{micrograph_uuid}/ctf_estimation/completed|",
          "post /micrographs/{micrograph_uuid}/ctf_estimation/registered|");

  private static final List<String> READING =
      List.of(
          "get /acquisitions|",
          "get /acquisitions/grid-counts|",
          "get /acquisitions/{acquisition_uuid}|",
          "get /acquisitions/{acquisition_uuid}/grids|",
          "get /acquisitions/{acquisition_uuid}/micrographs|",
          "get /acquisitions/{acquisition_uuid}/timeline|",
          "get /grids|",
          "get /grids/{grid_uuid}|",
          "get /grids/{grid_uuid}/gridsquares|",
          "get /grids/{grid_uuid}/atlas|",
          "get /gridsquares|",
          "get /gridsquares/{gridsquare_uuid}|",
          "get /gridsquares/{gridsquare_uuid}/foilholes|",
          "get /foilholes|",
          "get /foilholes/{foilhole_uuid}|",
          "get /foilholes/{foilhole_uuid}/micrographs|",
          "get /micrographs|",
          "get /micrographs/{micrograph_uuid}|",
          "get /atlases|",
          "get /atlases/{atlas_uuid}|",
          "get /atlases/{atlas_uuid}/tiles|",
          "get /atlas-tiles|",
          "get /atlas-tiles/{tile_uuid}|",
          "get /health|",
          "get /status|",
          "get /version|");

  private static final List<String> DELETING =
      List.of(
          "delete /atlas-tiles/{tile_uuid}|",
          "delete /atlases/{atlas_uuid}|",
          "delete /micrographs/{micrograph_uuid}|",
          "delete /foilholes/{foilhole_uuid}|",
          "delete /gridsquares/{gridsquare_uuid}|",
          "delete /grids/{grid_uuid}|",
          "delete /acquisitions/{acquisition_uuid}|");

  private static final Map<String, String> UUIDS =
      Map.of(
          "acquisition_uuid", "a",
          "grid_uuid", "g",
          "gridsquare_uuid", "s",
          "foilhole_uuid", "h",
          "micrograph_uuid", "m",
          "atlas_uuid", "l",
          "tile_uuid", "t",
          "atlastile_uuid", "t");

  private final TestServer server = TestServer.start(Map.of(), new Microscopy());
  private final TestClient client =
      server.client(server.token("facility", "agent", List.of("**"), List.of("**")));
  private final String text = client.get("/openapi.json").body();
  private final Described described = new Described(text);
  private final JsonNode document = Json.MAPPER.readTree(text);
  private final List<Row> creating = rows(CREATING);
  private final List<Row> changing = rows(CHANGING);
  private final List<Row> reading = rows(READING);
  private final List<Row> deleting = rows(DELETING);

  @BeforeEach
  void create() {
    for (Row row : creating) echoed(row, succeed(row));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private final class Row {
    private final String route;
    private final String method;
    private final String template;
    private final JsonNode operation;
    private final List<String> uuids;

    Row(String line) {
      String[] parts = line.split("[ |]", -1);
      method = parts[0];
      template = parts[1];
      route = method + " " + template;
      uuids = List.of(parts[2].split(","));
      operation = document.path("paths").path(template).path(method);
      assertThat(operation.isObject()).as(route).isTrue();
    }

    int success() {
      return operation.path("responses").propertyNames().stream()
          .mapToInt(Integer::parseInt)
          .min()
          .orElseThrow();
    }

    String path(Map<String, String> names) {
      String path = template;
      for (var name : names.entrySet()) {
        path = path.replace("{" + name.getKey() + "}", name.getValue());
      }
      return path;
    }

    JsonNode bodySchema() {
      return operation.at("/requestBody/content/application~1json/schema");
    }

    boolean takesABody() {
      return bodySchema().isObject();
    }

    JsonNode body() {
      return new Sample(document, UUIDS, uuids).of(bodySchema());
    }

    HttpResponse<String> send(String path, String body) {
      return switch (method) {
        case "get" -> client.get(path);
        case "put" -> client.put(path, body);
        case "post" -> client.post(path, body);
        default -> client.delete(path);
      };
    }

    HttpResponse<String> send(String path) {
      return send(path, takesABody() ? body().toString() : "");
    }
  }

  private List<Row> rows(List<String> lines) {
    return lines.stream().map(Row::new).toList();
  }

  private List<Row> all() {
    List<Row> all = new ArrayList<>(reading);
    all.addAll(creating);
    all.addAll(changing);
    all.addAll(deleting);
    return all;
  }

  private JsonNode succeed(Row row) {
    JsonNode answer = described.check(row.route, row.success(), row.send(row.path(UUIDS)));
    JsonNode schema =
        row.operation.at("/responses/" + row.success() + "/content/application~1json/schema");
    complete(row.route, schema, answer);
    return answer;
  }

  /** Every member that the schema knows is there, in the first item of a list too. */
  private void complete(String route, JsonNode described, JsonNode answer) {
    JsonNode schema = Sample.resolved(document.at("/components/schemas"), described);
    if (answer.isArray()) {
      assertThat(answer).as(route).isNotEmpty();
      complete(route, schema.path("items"), answer.get(0));
    }
    for (var property : schema.path("properties").properties()) {
      assertThat(answer.has(property.getKey())).as(route + ": " + property.getKey()).isTrue();
      if (!answer.path(property.getKey()).isNull()) {
        complete(route, property.getValue(), answer.path(property.getKey()));
      }
    }
  }

  private static void echoed(Row row, JsonNode answer) {
    if (row.takesABody()) echoed(row.route, row.body(), answer);
  }

  /** What was sent is answered, as far as the answer has it. */
  private static void echoed(String where, JsonNode sent, JsonNode answer) {
    if (sent.isObject()) {
      for (String name : sent.propertyNames()) {
        if (answer.has(name)) echoed(where + " " + name, sent.path(name), answer.path(name));
      }
    } else if (sent.isArray()) {
      echoed(where, sent.get(0), answer.get(0));
    } else {
      assertThat(answer).as(where).hasToString(sent.toString());
    }
  }

  @Test
  void rows_areAllTheRoutesOfTheDocument() {
    Set<String> operations = new LinkedHashSet<>();
    for (var path : Json.MAPPER.readTree(own()).path("paths").properties()) {
      if (path.getKey().matches("/(agent|debug|frontend)/.*")) continue;
      path.getValue()
          .propertyNames()
          .forEach(method -> operations.add(method + " " + path.getKey()));
    }
    assertThat(all().stream().map(row -> row.route).collect(Collectors.toSet()))
        .isEqualTo(operations);
  }

  private static byte[] own() {
    try (var in = new Microscopy().openApi().openStream()) {
      return in.readAllBytes();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void read_everything_isAsDescribedWithEveryField() {
    for (Row row : reading) succeed(row);
  }

  @Test
  void change_everyField_isAnswered() {
    for (Row row : changing) echoed(row, succeed(row));
  }

  @Test
  void change_oneFieldAtATime_keepsTheOthers() {
    for (Row row : changing) {
      if (!row.method.equals("put")) continue;
      row.send(row.path(UUIDS));
      ObjectNode body = (ObjectNode) row.body();
      for (String name : body.propertyNames()) {
        ObjectNode one = Json.MAPPER.createObjectNode().set(name, body.path(name));
        JsonNode answer =
            described.check(row.route, 200, row.send(row.path(UUIDS), one.toString()));
        echoed(row.route, body, answer);
      }
    }
  }

  @Test
  void body_withAMemberOfAnotherType_is422AndNamesIt() {
    for (Row row : all()) {
      if (!row.takesABody()) continue;
      List<Sample.Wrong> wrong = Sample.wrong(row.body()).toList();
      assertThat(wrong).as(row.route).isNotEmpty();
      for (Sample.Wrong one : wrong) {
        assertThat(refused(row, one.body().toString())).as(row.route).contains("body," + one.at());
      }
    }
  }

  @Test
  void body_thatIsNoneOrLacksAMember_is422AndNamesIt() {
    for (Row row : all()) {
      if (!row.takesABody()) continue;
      assertThat(refused(row, "7")).contains("body");
      JsonNode schema = Sample.resolved(document.at("/components/schemas"), row.bodySchema());
      for (JsonNode name : schema.path("required")) {
        ObjectNode body = (ObjectNode) row.body();
        body.remove(name.asString());
        assertThat(refused(row, body.toString())).contains("body," + name.asString());
      }
    }
  }

  /** The places that a 422 names. */
  private List<String> refused(Row row, String body) {
    return described
        .check(row.route, 422, row.send(row.path(UUIDS), body))
        .path("detail")
        .valueStream()
        .map(error ->
            error
                .path("loc")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.joining(",")))
        .toList();
  }

  @Test
  void query_ofAnotherType_is422AndNamesIt() {
    List<String> seen = new ArrayList<>();
    for (Row row : all()) {
      for (JsonNode parameter : row.operation.path("parameters")) {
        if (!parameter.path("in").asString().equals("query")) continue;
        String name = parameter.path("name").asString();
        JsonNode answer =
            described.check(row.route, 422, row.send(row.path(UUIDS) + "?" + name + "=wrong"));
        assertThat(answer.at("/detail/0/loc")).hasToString("[\"query\",\"" + name + "\"]");
        seen.add(name);
      }
    }
    assertThat(seen).containsExactlyInAnyOrder("limit", "on_square_only", "count");
  }

  @Test
  void path_thatNamesNothing_is404() {
    Map<String, String> unknown = new HashMap<>();
    UUIDS.keySet().forEach(name -> unknown.put(name, "unknown"));
    for (Row row : all()) {
      if (row.template.contains("{")) {
        described.check(row.route, 404, row.send(row.path(unknown)));
      }
    }
  }

  @Test
  void create_again_is409() {
    for (Row row : creating) {
      if (row.template.startsWith("/atlas-tiles")) continue; // A new position.
      described.check(row.route, 409, row.send(row.path(UUIDS)));
    }
  }

  @Test
  void delete_each_is204AndThen404() {
    for (Row row : deleting) {
      assertThat(client.get(row.path(UUIDS)).statusCode()).as(row.route).isEqualTo(200);
      described.check(row.route, 204, row.send(row.path(UUIDS)));
      described.check(row.route, 404, row.send(row.path(UUIDS)));
    }
    for (String path : List.of("/grids", "/gridsquares", "/atlas-tiles", "/micrographs")) {
      assertThat(client.get(path).body()).isEqualTo("[]");
    }
  }
}

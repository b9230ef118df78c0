package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.StreamException;
import dev.freshet.microscopy.Microscopy;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MicroscopyTest {
  private static final List<String> MINE = List.of("instruments/m12/**");
  private static final Set<String> SHOWN = Set.of("acquisition.progress", "processing.metric");

  private final TestServer server = TestServer.durable(Map.of(), new Microscopy());
  private final String reading = server.token("facility", "olga", MINE, List.of());
  private final TestClient operator = server.client(reading);
  private final TestClient agent =
      server.client(server.token("facility", "agent", List.of(), MINE));
  private final Described described = new Described(operator.get("/openapi.json").body());

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> post(String path, String body) {
    return agent.post(path, body.replace('\'', '"'));
  }

  private void session() {
    described.check(
        "post /acquisitions",
        201,
        post(
            "/acquisitions",
            "{'uuid':'a','instrument_id':'m12','start_time':'2026-01-05T10:00:00'}"));
    grid(1);
    described.check(
        "post /grids/{grid_uuid}/gridsquares/batch",
        201,
        post(
            "/grids/g1/gridsquares/batch",
            "{'gridsquares':[{'uuid':'s','gridsquare_id':'1','grid_uuid':'g1','lowmag':true}]}"));
    described.check(
        "post /gridsquares/{gridsquare_uuid}/foilholes",
        201,
        post(
            "/gridsquares/s/foilholes",
            "[{'uuid':'h','foilhole_id':'1','gridsquare_id':'1','gridsquare_uuid':'s'}]"));
    described.check(
        "post /foilholes/{foilhole_uuid}/micrographs",
        201,
        post("/foilholes/h/micrographs", "{'uuid':'m','foilhole_id':'1'}"));
  }

  private void grid(int number) {
    described.check(
        "post /acquisitions/{acquisition_uuid}/grids",
        201,
        post(
            "/acquisitions/a/grids",
            "{'uuid':'g%d','name':'G','acquisition_uuid':'a'}".formatted(number)));
  }

  @Test
  void session_reported_isReadAsDescribed() {
    session();
    for (String path :
        List.of(
            "/acquisitions",
            "/acquisitions/grid-counts",
            "/grids",
            "/gridsquares",
            "/foilholes",
            "/micrographs")) {
      assertThat(described.check("get " + path, 200, operator.get(path))).as(path).hasSize(1);
    }
    described.check(
        "post /micrographs/{micrograph_uuid}/motion_correction/completed",
        202,
        post(
            "/micrographs/m/motion_correction/completed",
            "{'total_motion':12.5,'average_motion':0.25}"));
    assertThat(
            described
                .check("get /micrographs/{micrograph_uuid}", 200, operator.get("/micrographs/m"))
                .path("total_motion")
                .asDouble())
        .isEqualTo(12.5);
    assertThat(
            described
                .check(
                    "put /grids/{grid_uuid}", 200, agent.put("/grids/g1", "{\"name\":\"Other\"}"))
                .path("acquisition_uuid")
                .asString())
        .isEqualTo("a");
    for (String path : List.of("/status", "/version", "/health")) {
      described.check("get " + path, 200, operator.get(path));
    }
    described.check(
        "delete /acquisitions/{acquisition_uuid}", 204, agent.delete("/acquisitions/a"));
    assertThat(described.check("get /micrographs", 200, operator.get("/micrographs"))).isEmpty();
  }

  @Test
  void atlas_reported_isReadAsDescribedAndSurvivesARestart() {
    session();
    described.check(
        "post /grids/{grid_uuid}/atlas",
        201,
        post(
            "/grids/g1/atlas",
            "{'uuid':'l','grid_uuid':'g1','name':'A','tiles':[{'uuid':'t','atlas_uuid':'l'}]}"));
    described.check(
        "post /atlas-tiles/{tile_uuid}/gridsquares/{gridsquare_uuid}",
        201,
        post(
            "/atlas-tiles/t/gridsquares/s",
            "{'center_x':1,'center_y':2,'size_width':3,'size_height':4}"));
    server.restart();
    assertThat(
            described
                .check("get /grids/{grid_uuid}/atlas", 200, operator.get("/grids/g1/atlas"))
                .at("/tiles/0/uuid")
                .asString())
        .isEqualTo("t");
    described.check("delete /grids/{grid_uuid}", 204, agent.delete("/grids/g1"));
    assertThat(described.check("get /atlas-tiles", 200, operator.get("/atlas-tiles"))).isEmpty();
  }

  @Test
  void newestAndTimeline_afterARestart_areStillThere() {
    session();
    post("/foilholes/h/micrographs", "{'uuid':'n','foilhole_id':'1'}");
    agent.put("/micrographs/m", "{\"defocus\":1.5}");
    server.restart();
    String micrographs = "get /acquisitions/{acquisition_uuid}/micrographs";
    assertThat(
            described
                .check(micrographs, 200, operator.get("/acquisitions/a/micrographs"))
                .findValuesAsString("uuid"))
        .containsExactly("m", "n");
    described.check(micrographs, 422, operator.get("/acquisitions/a/micrographs?limit=501"));
    assertThat(
            described
                .check(
                    "get /acquisitions/{acquisition_uuid}/timeline",
                    200,
                    operator.get("/acquisitions/a/timeline"))
                .path("points")
                .findValuesAsString("micrograph_count"))
        .startsWith("0")
        .endsWith("2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /acquisitions            | post /acquisitions | {}                               | ["body","uuid"] | missing
          /acquisitions            | post /acquisitions | {"uuid":7}                       | ["body","uuid"] | value_error
          /acquisitions            | post /acquisitions | {"uuid":"b","status":"finished"} | ["body","status"] | value_error
          /acquisitions            | post /acquisitions | {"uuid":"b","start_time":"noon"} | ["body","start_time"] | value_error
          /acquisitions            | post /acquisitions | []                               | ["body"] | value_error
          /gridsquares/s/foilholes | post /gridsquares/{gridsquare_uuid}/foilholes | [{"uuid":"h"}] | ["body",0,"foilhole_id"] | missing
          """)
  void post_invalidBody_saysWhere(
      String path, String route, String body, String location, String type) {
    var errors = described.check(route, 422, agent.post(path, body)).path("detail");
    assertThat(errors)
        .anySatisfy(error -> {
          assertThat(error.path("loc")).hasToString(location);
          assertThat(error.path("type").asString()).isEqualTo(type);
        });
  }

  @Test
  @DisplayName("A1: what may not be read is not there")
  void read_ofAnotherInstrument_isNotThere() {
    session();
    TestClient other =
        server.client(server.token("facility", "o", List.of("instruments/m99/**"), List.of()));
    described.check("get /acquisitions/{acquisition_uuid}", 404, other.get("/acquisitions/a"));
    assertThat(described.check("get /acquisitions", 200, other.get("/acquisitions"))).isEmpty();
    assertThat(server.stranger().get("/acquisitions").statusCode()).isEqualTo(401);
    assertThat(operator.put("/grids/g1", "{}").statusCode()).isEqualTo(403);
  }

  @Test
  void create_again_is409() {
    session();
    described.check(
        "post /acquisitions", 409, post("/acquisitions", "{'uuid':'a','instrument_id':'m12'}"));
  }

  @Test
  @DisplayName(
      "U1, U2: the stream begins with the progress, goes on live, and resumes after a restart")
  void stream_progress_isWholeAndResumes() throws Exception {
    session();
    String position;
    try (EventSource stream = stream("?acquisition_uuid=a", null)) {
      assertThat(next(stream).getData()).isEqualTo(progress(1, 1, "started"));
      grid(2);
      MessageEvent live = next(stream);
      assertThat(live.getData()).isEqualTo(progress(2, 1, "started"));
      position = live.getLastEventId();
    }
    grid(3);
    server.restart();
    agent.put("/acquisitions/a", "{\"status\":\"completed\"}");
    try (EventSource stream = stream("?acquisition_uuid=a", position)) {
      assertThat(next(stream).getData()).isEqualTo(progress(3, 1, "started"));
      assertThat(next(stream).getData()).isEqualTo(progress(3, 1, "completed"));
    }
  }

  @Test
  void stream_metrics_areToldLive() throws Exception {
    session();
    try (EventSource stream = stream("", null)) {
      assertThat(next(stream).getEventName()).isEqualTo("acquisition.progress");
      post("/micrographs/m/ctf_estimation/completed", "{'ctf_max_res':3.5}");
      MessageEvent metric = next(stream);
      assertThat(metric.getEventName()).isEqualTo("processing.metric");
      assertThat(metric.getData()).contains("\"ctf_max_resolution_estimate\":3.5");
    }
  }

  @Test
  void stream_unknownEventType_is422() {
    var errors =
        described.check(
            "get /frontend/events/stream",
            422,
            operator.get("/frontend/events/stream?event_types=nonsense"));
    assertThat(errors.at("/detail/0/loc")).hasToString("[\"query\",\"event_types\"]");
  }

  private static String progress(int grids, int others, String status) {
    return ("{\"acquisition_uuid\":\"a\",\"grid_count\":%d,\"gridsquare_count\":%d,\"foilhole_count\":%d,"
            + "\"micrograph_count\":%d,\"status\":\"%s\"}")
        .formatted(grids, others, others, others, status);
  }

  private EventSource stream(String query, @Nullable String position) {
    URI uri = URI.create(server.url() + "/frontend/events/stream" + query);
    return new EventSource.Builder(
            ConnectStrategy.http(uri).header("Authorization", "Bearer " + reading))
        .lastEventId(position)
        .build();
  }

  private static MessageEvent next(EventSource stream) throws StreamException {
    while (true) {
      MessageEvent event = stream.readMessage();
      if (SHOWN.contains(event.getEventName())) return event;
    }
  }
}

package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.microscopy.Api.Answer;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IngestTest {
  private final Api api = Api.open();

  @BeforeEach
  void begin() {
    SessionData.acquisition(api, "a", "m12");
    SessionData.grid(api, "a", "g", 1, 1, 1);
  }

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/acquisitions/a, a",
    "/grids/g, g",
    "/gridsquares/g-s1, g-s1",
    "/foilholes/g-s1-h1, g-s1-h1",
    "/micrographs/g-s1-h1-m1, g-s1-h1-m1"
  })
  void read_created_isFoundByItsUuidAlone(String path, String uuid) {
    Answer answer = api.get(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("uuid").asString()).isEqualTo(uuid);
  }

  @ParameterizedTest
  @CsvSource({
    "/acquisitions, 1",
    "/grids, 1",
    "/gridsquares, 1",
    "/foilholes, 1",
    "/micrographs, 1",
    "/acquisitions/a/grids, 1",
    "/grids/g/gridsquares, 1",
    "/gridsquares/g-s1/foilholes, 1",
    "/foilholes/g-s1-h1/micrographs, 1"
  })
  void list_created_hasIt(String path, int size) {
    assertThat(api.get(path).body()).hasSize(size);
  }

  @ParameterizedTest
  @CsvSource({
    "/acquisitions/x, Acquisition not found",
    "/acquisitions/x/grids, Acquisition not found",
    "/grids/x, Grid not found",
    "/grids/x/gridsquares, Grid not found",
    "/gridsquares/x, Grid Square not found",
    "/gridsquares/x/foilholes, Grid Square not found",
    "/foilholes/x, Foil Hole not found",
    "/foilholes/x/micrographs, Foil Hole not found",
    "/micrographs/x, Micrograph not found"
  })
  void read_unknown_is404(String path, String detail) {
    assertThat(api.get(path)).hasToString("404 {\"detail\":\"" + detail + "\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/acquisitions/x", "/grids/x", "/gridsquares/x", "/foilholes/x", "/micrographs/x"})
  void updateAndDelete_unknown_is404(String path) {
    assertThat(api.put(path, "{}").status()).isEqualTo(404);
    assertThat(api.delete(path).status()).isEqualTo(404);
  }

  @Test
  void create_underUnknownParent_is404() {
    assertThat(
            api.post("/acquisitions/x/grids", "{'uuid':'n','name':'n','acquisition_uuid':'x'}")
                .status())
        .isEqualTo(404);
    assertThat(api.post("/grids/x/gridsquares", SessionData.square("x", "n")).status())
        .isEqualTo(404);
    assertThat(
            api.post("/gridsquares/x/foilholes", "[" + SessionData.hole("x", "n") + "]").status())
        .isEqualTo(404);
    assertThat(api.post("/gridsquares/x/foilholes", "[]").status()).isEqualTo(404);
    assertThat(api.post("/foilholes/x/micrographs", "{'uuid':'n','foilhole_id':'8'}").status())
        .isEqualTo(404);
  }

  @Test
  void create_uuidThatExists_is409AndChangesNothing() {
    AcquisitionProgress before = SessionData.progress(api, "m12", "a");
    assertThat(api.post("/acquisitions", "{'uuid':'a','instrument_id':'m99'}"))
        .hasToString("409 {\"detail\":\"Acquisition already exists\"}");
    assertThat(
            api.post("/acquisitions/a/grids", "{'uuid':'g','name':'x','acquisition_uuid':'a'}")
                .status())
        .isEqualTo(409);
    assertThat(
            api.post("/foilholes/g-s1-h1/micrographs", "{'uuid':'g-s1-h1-m1','foilhole_id':'8'}"))
        .hasToString("409 {\"detail\":\"Micrograph already exists\"}");
    assertThat(SessionData.progress(api, "m12", "a")).isEqualTo(before);
  }

  @Test
  void create_aListWithOneThatExists_isRefusedWhole() {
    String holes =
        "[" + SessionData.hole("g-s1", "new") + "," + SessionData.hole("g-s1", "g-s1-h1") + "]";
    assertThat(api.post("/gridsquares/g-s1/foilholes", holes).status()).isEqualTo(409);
    assertThat(api.get("/foilholes/new").status()).isEqualTo(404);
    assertThat(SessionData.progress(api, "m12", "a").foilholeCount()).isEqualTo(1);
  }

  @Test
  void create_aList_answersAllInOrder() {
    String holes = "[" + SessionData.hole("g-s1", "y") + "," + SessionData.hole("g-s1", "x") + "]";
    Answer answer = api.post("/gridsquares/g-s1/foilholes", holes);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body().findValuesAsString("uuid")).containsExactly("y", "x");
    assertThat(api.get("/gridsquares/g-s1/foilholes").body()).hasSize(3);
  }

  @Test
  void create_aBatch_answersAllInOrder() {
    String squares = SessionData.square("g", "y") + "," + SessionData.square("g", "x");
    Answer answer = api.post("/grids/g/gridsquares/batch", "{'gridsquares':[" + squares + "]}");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body().path("gridsquares").findValuesAsString("uuid"))
        .containsExactly("y", "x");
    assertThat(SessionData.progress(api, "m12", "a").gridsquareCount()).isEqualTo(3);
  }

  @Test
  void create_batchThatIsEmptyTooLargeOrDouble_is422() {
    String square = SessionData.square("g", "n");
    String many = String.join(",", Collections.nCopies(1001, square));
    assertThat(batch("")).hasToString(invalid("[\"body\",\"gridsquares\"]", "must not be empty"));
    assertThat(batch(square + "," + square))
        .hasToString(invalid("[\"body\",\"gridsquares\",1,\"uuid\"]", "duplicate uuid in batch"));
    assertThat(batch(many))
        .hasToString(
            invalid(
                "[\"body\",\"gridsquares\"]",
                "batch size 1001 exceeds limit of 1000; send several"));
  }

  private Answer batch(String squares) {
    return api.post("/grids/g/gridsquares/batch", "{'gridsquares':[" + squares + "]}");
  }

  private static String invalid(String location, String message) {
    return "422 {\"detail\":[{\"loc\":%s,\"msg\":\"%s\",\"type\":\"value_error\"}]}"
        .formatted(location, message);
  }

  @Test
  void create_uuidOfAnyCharacters_isKept() {
    assertThat(api.post("/acquisitions", "{'uuid':'µ a/b*','name':'odd'}").status()).isEqualTo(201);
    assertThat(api.get("/acquisitions").body().findValuesAsString("uuid")).contains("µ a/b*");
  }

  @Test
  void create_uuidThatIsEmptyOrTooLong_is422() {
    assertThat(api.post("/acquisitions", "{'uuid':''}"))
        .hasToString(invalid("[\"body\",\"uuid\"]", "is empty"));
    assertThat(api.post("/acquisitions", "{'uuid':'" + "u".repeat(101) + "'}").status())
        .isEqualTo(422);
    assertThat(api.get("/acquisitions/" + "u".repeat(101)).status()).isEqualTo(404);
  }

  @Test
  void update_someFields_keepsTheOthers() {
    Answer answer = api.put("/micrographs/g-s1-h1-m1", "{'defocus':-1.5,'status':'ctf started'}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("foilhole_id").asString()).isEqualTo("8");
    assertThat(answer.body().path("defocus").asDouble()).isEqualTo(-1.5);
    assertThat(api.get("/micrographs/g-s1-h1-m1").body()).isEqualTo(answer.body());
  }

  @Test
  @DisplayName("S5: an update that changes nothing makes no event")
  void update_nothing_makesNoEvent() {
    var before = api.tenant().log().head();
    assertThat(api.put("/grids/g", "{}").status()).isEqualTo(200);
    assertThat(api.put("/acquisitions/a", "{'status':'started'}").status()).isEqualTo(200);
    assertThat(api.tenant().log().head()).isEqualTo(before);
  }

  @Test
  void update_uuidOrParent_is409() {
    assertThat(api.put("/grids/g", "{'uuid':'other'}").status()).isEqualTo(409);
    assertThat(api.put("/grids/g", "{'acquisition_uuid':'other'}"))
        .hasToString("409 {\"detail\":\"the acquisition_uuid of a Grid cannot be changed\"}");
    assertThat(api.put("/grids/g", "{'uuid':'g','acquisition_uuid':'a','name':'new'}").status())
        .isEqualTo(200);
  }

  @Test
  void foilHoles_onSquareOnly_leavesOutThoseNearABar() {
    api.put("/foilholes/g-s1-h1", "{'is_near_grid_bar':true}");
    assertThat(api.get("/gridsquares/g-s1/foilholes?on_square_only=true").body()).isEmpty();
    assertThat(api.get("/gridsquares/g-s1/foilholes?on_square_only=false").body()).hasSize(1);
  }

  @Test
  @DisplayName("R1: a list has a bound, and says how to ask for less")
  void list_ofTooMany_is422() {
    Place square = Place.of(Topic.of("instruments/m12/acquisitions/a/gridsquares/g/g-s1"));
    List<Entity> holes =
        IntStream.range(0, Listing.MAX_LENGTH)
            .mapToObj(i -> square.child(Kind.FOILHOLE, "hole" + i))
            .map(place -> new Entity(place, Json.MAPPER.createObjectNode()))
            .toList();
    Ledger.commit(
        api.tenant(),
        ledger -> {
          ledger.addAll(square, holes);
          return holes;
        });
    assertThat(api.get("/foilholes"))
        .hasToString(
            invalid(
                "[\"path\",\"foilholes\"]",
                "has more than 20000 entities; ask for those of one grid square at a time"));
  }

  @Test
  void create_tooLongAList_is422() {
    String tooMany = "batch size 5001 exceeds limit of 5000; send several";
    assertThat(holes("g-s1", 0, 5001)).hasToString(invalid("[\"body\"]", tooMany));
  }

  private Answer holes(String square, int first, int count) {
    String list =
        IntStream.range(first, first + count)
            .mapToObj(i -> SessionData.hole(square, "hole" + i))
            .collect(Collectors.joining(",", "[", "]"));
    return api.post("/gridsquares/" + square + "/foilholes", list);
  }

  @Test
  void gridCounts_tellTotalAndCompleted() {
    SessionData.grid(api, "a", "g2", 0, 0, 0);
    SessionData.acquisition(api, "b", "m12");
    api.put("/grids/g2", "{'status':'grid squares decision completed'}");
    assertThat(api.get("/acquisitions/grid-counts"))
        .hasToString(
            "200 [{\"acquisition_uuid\":\"a\",\"grids_total\":2,\"grids_completed\":1},"
                + "{\"acquisition_uuid\":\"b\",\"grids_total\":0,\"grids_completed\":0}]");
  }

  @Test
  void registered_isTrueAndTold() {
    assertThat(api.post("/grids/g/registered", "")).hasToString("200 true");
    assertThat(api.post("/gridsquares/g-s1/registered?count=7", "")).hasToString("200 true");
    assertThat(api.get("/gridsquares/g-s1").body().path("status").asString())
        .isEqualTo("all foil holes registered");
    assertThat(api.post("/gridsquares/g-s1/registered?count=x", "").status()).isEqualTo(422);
    assertThat(api.post("/grids/x/registered", "").status()).isEqualTo(404);
  }

  @Test
  void service_answers() {
    assertThat(api.get("/version").body().path("version").asString()).startsWith("0.1.1");
    assertThat(api.get("/status").body().path("status").asString()).isEqualTo("ok");
    assertThat(api.get("/health").body().at("/services/database/status").asString())
        .isEqualTo("ok");
  }
}

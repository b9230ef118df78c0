package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Topic;
import dev.freshet.log.TopicState;
import dev.freshet.microscopy.Api.Answer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AtlasTest {
  private static final String IN_A = "instruments/m12/acquisitions/a/";
  private static final String TILE = "/atlas-tiles/g-atlas-t1";

  private final Api api = Api.open();

  @BeforeEach
  void begin() {
    SessionData.acquisition(api, "a", "m12");
    SessionData.grid(api, "a", "g", 2, 0, 0);
    SessionData.grid(api, "a", "bare", 1, 0, 0);
    SessionData.atlas(api, "g", 2);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Optional<TopicState> state(String topic) {
    return api.tenant().log().state(Topic.of(IN_A + topic)).filter(state -> state.value() != null);
  }

  private static String atlas(String uuid, String grid, String tiles) {
    return "{'uuid':'%s','grid_uuid':'%s','name':'n','tiles':%s}".formatted(uuid, grid, tiles);
  }

  @Test
  void create_withTiles_answersThemAndIsFoundByGridAndUuid() {
    String tile = "{'uuid':'t','atlas_uuid':'elsewhere','position_x':1,'file_format':'mrc'}";
    Answer created = api.post("/grids/bare/atlas", atlas("n", "elsewhere", "[" + tile + "]"));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.body().path("grid_uuid").asString()).isEqualTo("bare");
    assertThat(created.body().path("atlas_id").asString("?")).isEmpty();
    assertThat(created.body().at("/tiles/0"))
        .hasToString(
            "{\"atlas_uuid\":\"n\",\"base_filename\":null,\"file_format\":\"mrc\",\"position_x\":1,"
                + "\"position_y\":null,\"size_x\":null,\"size_y\":null,\"tile_id\":\"\",\"uuid\":\"t\"}");
    assertThat(api.get("/grids/bare/atlas").body()).isEqualTo(created.body());
    assertThat(api.get("/atlases/n").body()).isEqualTo(created.body());
    assertThat(api.get("/atlas-tiles/t").body()).isEqualTo(created.body().at("/tiles/0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null"})
  void create_withoutTiles_hasNone(String tiles) {
    Answer created = api.post("/grids/bare/atlas", atlas("n", "bare", tiles));
    assertThat(created.body().path("tiles").isArray()).isTrue();
    assertThat(api.get("/atlases/n/tiles")).hasToString("200 []");
  }

  @Test
  void create_aSecondOfTheGrid_is409AndChangesNothing() {
    var before = api.tenant().log().head();
    assertThat(api.post("/grids/g/atlas", atlas("n", "g", "[" + SessionData.tile("n", "t") + "]")))
        .hasToString("409 {\"detail\":\"Atlas already exists\"}");
    assertThat(api.post("/grids/bare/atlas", atlas("g-atlas", "bare", "[]")).status())
        .isEqualTo(409);
    assertThat(api.tenant().log().head()).isEqualTo(before);
  }

  @Test
  void create_twoSideBySide_isOne() throws Exception {
    Callable<Integer> one =
        () ->
            api.post("/grids/bare/atlas", atlas("n" + Thread.currentThread().threadId(), "x", "[]"))
                .status();
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Integer> statuses =
          threads.invokeAll(Collections.nCopies(4, one)).stream().map(Future::resultNow).toList();
      assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
    }
  }

  @Test
  void create_afterDeletion_isTheGridsNewAtlas() {
    assertThat(api.delete("/atlases/g-atlas").status()).isEqualTo(204);
    assertThat(api.post("/grids/g/atlas", atlas("n", "g", "[]")).status()).isEqualTo(201);
    assertThat(api.get("/grids/g/atlas").body().path("uuid").asString()).isEqualTo("n");
  }

  @Test
  void create_tilesThatAreDoubleOrThere_areRefusedWhole() {
    String twice = "[" + SessionData.tile("n", "t") + "," + SessionData.tile("n", "t") + "]";
    assertThat(api.post("/grids/bare/atlas", atlas("n", "bare", twice)))
        .hasToString(
            "422 {\"detail\":[{\"loc\":[\"body\",\"tiles\",1,\"uuid\"],"
                + "\"msg\":\"duplicate uuid in batch\",\"type\":\"value_error\"}]}");
    String there = "[" + SessionData.tile("n", "g-atlas-t1") + "]";
    assertThat(api.post("/grids/bare/atlas", atlas("n", "bare", there)))
        .hasToString("409 {\"detail\":\"Atlas Tile already exists\"}");
    assertThat(api.get("/grids/bare/atlas")).hasToString("404 {\"detail\":\"Atlas not found\"}");
  }

  @Test
  @DisplayName("R1: an atlas has a bounded number of tiles, a tile of positions")
  void create_tooMany_is422() {
    String tiles = Collections.nCopies(1001, SessionData.tile("n", "t")).toString();
    assertThat(api.post("/grids/bare/atlas", atlas("n", "bare", tiles)).body().at("/detail/0/loc"))
        .hasToString("[\"body\",\"tiles\"]");
    String positions = Collections.nCopies(5001, SessionData.position(1)).toString();
    assertThat(api.post(TILE + "/gridsquares", positions).status()).isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource({
    "/atlases, 1",
    "/atlas-tiles, 2",
    "/atlases/g-atlas/tiles, 2",
  })
  void list_created_hasIt(String path, int size) {
    assertThat(api.get(path).body()).hasSize(size);
  }

  @Test
  void list_ofAtlases_hasEachWithItsOwnTiles() {
    SessionData.atlas(api, "bare", 3);
    assertThat(api.get("/atlases").body().findValues("tiles"))
        .extracting(tiles -> tiles.findValuesAsString("uuid"))
        .containsExactly(
            List.of("bare-atlas-t1", "bare-atlas-t2", "bare-atlas-t3"),
            List.of("g-atlas-t1", "g-atlas-t2"));
  }

  @Test
  void tile_createdUnderAnAtlas_isInItsAnswer() {
    String tile = SessionData.tile("elsewhere", "g-atlas-t3");
    Answer created = api.post("/atlases/g-atlas/tiles", tile);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.body().path("atlas_uuid").asString()).isEqualTo("g-atlas");
    assertThat(api.get("/atlases/g-atlas").body().path("tiles")).hasSize(3);
    assertThat(api.post("/atlases/g-atlas/tiles", tile).status()).isEqualTo(409);
    assertThat(api.post("/atlases/x/tiles", tile).status()).isEqualTo(404);
  }

  @Test
  void update_someFields_keepsTheOthers() {
    Answer atlas =
        api.put("/atlases/g-atlas", "{'description':'d','acquisition_date':'2026-01-05 10:00:00'}");
    assertThat(atlas.status()).isEqualTo(200);
    assertThat(atlas.body().path("name").asString()).isEqualTo("Atlas");
    assertThat(atlas.body().path("acquisition_date").asString()).isEqualTo("2026-01-05T10:00:00Z");
    assertThat(atlas.body().path("tiles")).hasSize(2);
    assertThat(api.get("/atlases/g-atlas").body()).isEqualTo(atlas.body());
    assertThat(api.put(TILE, "{'size_x':7}").body().path("size_x").asInt()).isEqualTo(7);
    var tile = api.put(TILE, "{'size_x':null,'tile_id':null}").body();
    assertThat(tile.path("size_x").isNull()).isTrue();
    assertThat(tile.path("tile_id").isString()).as("there is always one").isTrue();
    assertThat(api.put("/atlases/g-atlas", "{'grid_uuid':'bare'}").status()).isEqualTo(409);
    assertThat(api.put(TILE, "{'atlas_uuid':'x'}").status()).isEqualTo(409);
  }

  @Test
  void atlas_isKeptWithoutItsTiles() {
    assertThat(state("atlases/g/g-atlas").orElseThrow().value().node().has("tiles")).isFalse();
    assertThat(state("atlas-tiles/g-atlas/g-atlas-t1")).isPresent();
  }

  @Test
  void link_aSquare_isKeptUnderItsTile() {
    assertThat(api.post(TILE + "/gridsquares/g-s1", SessionData.position(3)))
        .hasToString(
            "201 {\"atlastile_uuid\":\"g-atlas-t1\",\"center_x\":3,\"center_y\":4,"
                + "\"gridsquare_uuid\":\"g-s1\",\"size_height\":6,\"size_width\":5}");
    assertThat(state("positions/g-atlas-t1/g-s1")).isPresent();
  }

  @Test
  void link_again_replacesThePosition() {
    SessionData.link(api, "g-atlas-t1", "g-s1");
    assertThat(api.post(TILE + "/gridsquares/g-s1", SessionData.position(9)).status())
        .isEqualTo(201);
    TopicState state = state("positions/g-atlas-t1/g-s1").orElseThrow();
    assertThat(state.value().node().path("center_x").asInt()).isEqualTo(9);
    var before = api.tenant().log().head();
    assertThat(api.post(TILE + "/gridsquares/g-s1", SessionData.position(9)).status())
        .isEqualTo(201);
    assertThat(api.tenant().log().head()).as("S5").isEqualTo(before);
  }

  @Test
  void link_aList_answersAllInOrder() {
    SessionData.link(api, "g-atlas-t1", "g-s1");
    Answer answer = api.post(TILE + "/gridsquares", positions("g-s2", "g-s1"));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body().findValuesAsString("gridsquare_uuid")).containsExactly("g-s2", "g-s1");
    assertThat(api.post(TILE + "/gridsquares", "[]")).hasToString("201 []");
    assertThat(api.post("/atlas-tiles/x/gridsquares", "[]").status()).isEqualTo(404);
  }

  private static String positions(String... squares) {
    return List.of(squares).stream()
        .map(s -> SessionData.position(1).replace("}", ",'gridsquare_uuid':'" + s + "'}"))
        .toList()
        .toString();
  }

  @Test
  void link_aSquareTwiceOrNone_is422() {
    assertThat(
            api.post(TILE + "/gridsquares", positions("g-s1", "g-s1")).body().at("/detail/0/loc"))
        .hasToString("[\"body\",1,\"gridsquare_uuid\"]");
    String unnamed = "[" + SessionData.position(1) + "]";
    assertThat(api.post(TILE + "/gridsquares", unnamed).body().at("/detail/0"))
        .hasToString(
            "{\"loc\":[\"body\",0,\"gridsquare_uuid\"],\"msg\":\"Field required\",\"type\":\"missing\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "g-atlas-t1, bare-s1, 409, the grid square is on another grid than the atlas",
    "g-atlas-t1, x, 404, Grid Square not found",
    "x, g-s1, 404, Atlas Tile not found",
    "g-atlas, g-s1, 404, Atlas Tile not found"
  })
  void link_whatDoesNotBelongTogether_isRefused(
      String tile, String square, int status, String detail) {
    assertThat(api.post("/atlas-tiles/" + tile + "/gridsquares/" + square, SessionData.position(1)))
        .hasToString(status + " {\"detail\":\"" + detail + "\"}");
  }

  @Test
  void link_aListWithOneOfAnotherGrid_isRefusedWhole() {
    assertThat(api.post(TILE + "/gridsquares", positions("g-s1", "bare-s1")).status())
        .isEqualTo(409);
    assertThat(state("positions/g-atlas-t1/g-s1")).isEmpty();
  }

  @Test
  @DisplayName("counters count grids, squares, holes and micrographs alone")
  void progress_atlasTilesAndPositions_countForNothing() {
    AcquisitionProgress before = SessionData.progress(api, "m12", "a");
    SessionData.link(api, "g-atlas-t1", "g-s1");
    api.delete("/atlases/g-atlas");
    assertThat(SessionData.progress(api, "m12", "a")).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "/gridsquares/g-s1, 2 1 1",
    "/atlas-tiles/g-atlas-t1, 1 1 1",
    "/atlases/g-atlas, 0 0 0",
    "/grids/g, 0 0 0",
    "/grids/bare, 2 1 3"
  })
  void delete_takesWhatIsUnderIt(String path, String left) {
    SessionData.link(api, "g-atlas-t1", "g-s1");
    SessionData.link(api, "g-atlas-t2", "g-s1");
    SessionData.link(api, "g-atlas-t1", "g-s2");
    assertThat(api.delete(path).status()).isEqualTo(204);
    assertThat(api.get(path).status()).isEqualTo(404);
    List<String> topics = SessionData.topics(api);
    assertThat(
            count(topics, IN_A + "atlas-tiles/")
                + " "
                + count(topics, IN_A + "atlases/")
                + " "
                + count(topics, IN_A + "positions/"))
        .isEqualTo(left);
    assertThat(count(topics, "$microscopy/positions/"))
        .isEqualTo(count(topics, IN_A + "positions/"));
  }

  private static long count(List<String> topics, String prefix) {
    return topics.stream().filter(topic -> topic.startsWith(prefix)).count();
  }
}

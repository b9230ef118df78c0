package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A1: what may not be read is not there, what may not be written is 403")
class GrantsTest {
  private final Api all = Api.open();
  private final Api operator = all.as("instruments/m12/**", "");
  private final Api agent = all.as("", "instruments/m12/**");

  @BeforeEach
  void begin() {
    SessionData.acquisition(all, "mine", "m12");
    SessionData.grid(all, "mine", "g", 1, 1, 1);
    SessionData.atlas(all, "g", 1);
    SessionData.acquisition(all, "theirs", "m99");
    SessionData.grid(all, "theirs", "x", 1, 1, 1);
    SessionData.atlas(all, "x", 1);
  }

  @AfterEach
  void close() {
    all.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/acquisitions",
        "/grids",
        "/gridsquares",
        "/foilholes",
        "/micrographs",
        "/atlases",
        "/atlas-tiles",
        "/acquisitions/grid-counts"
      })
  void list_ofAnOperator_leavesOutOtherInstruments(String path) {
    assertThat(all.get(path).body()).hasSize(2);
    assertThat(operator.get(path).body()).hasSize(1);
    assertThat(agent.get(path).body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/acquisitions/theirs",
        "/acquisitions/theirs/grids",
        "/acquisitions/theirs/micrographs",
        "/acquisitions/theirs/timeline",
        "/grids/x",
        "/grids/x/gridsquares",
        "/gridsquares/x-s1",
        "/foilholes/x-s1-h1",
        "/micrographs/x-s1-h1-m1",
        "/grids/x/atlas",
        "/atlases/x-atlas",
        "/atlases/x-atlas/tiles",
        "/atlas-tiles/x-atlas-t1"
      })
  void read_ofAnotherInstrument_isAsIfNotThere(String path) {
    assertThat(operator.get(path))
        .hasToString(all.get(path.replaceAll("theirs|x", "nothing")).toString());
  }

  @Test
  void write_withoutGrant_is403OrAsIfNotThere() {
    assertThat(operator.put("/grids/g", "{'name':'n'}").status()).isEqualTo(403);
    assertThat(operator.delete("/grids/g").status()).isEqualTo(403);
    assertThat(operator.post("/grids/g/gridsquares", SessionData.square("g", "n")).status())
        .isEqualTo(403);
    assertThat(operator.post("/acquisitions", "{'uuid':'n','instrument_id':'m12'}"))
        .hasToString(
            "403 {\"detail\":\"the write grant does not cover 'instruments/m12/acquisitions/n'\"}");
    assertThat(agent.put("/grids/x", "{'name':'n'}").status()).isEqualTo(404);
    assertThat(agent.delete("/grids/x").status()).isEqualTo(404);
    assertThat(agent.post("/grids/x/gridsquares", SessionData.square("x", "n")).status())
        .isEqualTo(404);
    assertThat(agent.post("/grids/x/registered", "").status()).isEqualTo(404);
  }

  @Test
  void link_withoutGrant_is403OrAsIfNotThere() {
    String path = "/atlas-tiles/g-atlas-t1/gridsquares/g-s1";
    assertThat(operator.post(path, SessionData.position(1)).status()).isEqualTo(403);
    assertThat(agent.post(path, SessionData.position(1)).status()).isEqualTo(201);
    assertThat(agent.post(path.replace("g-s1", "x-s1"), SessionData.position(1)))
        .hasToString("404 {\"detail\":\"Grid Square not found\"}");
    assertThat(
            agent.post(path.replace("g-atlas-t1", "x-atlas-t1"), SessionData.position(1)).status())
        .isEqualTo(404);
    assertThat(agent.delete("/atlases/x-atlas").status()).isEqualTo(404);
    assertThat(operator.delete("/atlases/g-atlas").status()).isEqualTo(403);
  }

  @Test
  void write_withGrant_needsNoReadGrant() {
    assertThat(agent.post("/grids/g/gridsquares", SessionData.square("g", "n")).status())
        .isEqualTo(201);
    assertThat(agent.put("/gridsquares/n", "{'selected':true}").status()).isEqualTo(200);
    assertThat(agent.get("/gridsquares/n").status()).isEqualTo(404);
    assertThat(agent.delete("/gridsquares/n").status()).isEqualTo(204);
  }

  @Test
  void write_withoutInstrument_needsTheGrantForUnknown() {
    assertThat(agent.post("/acquisitions", "{'uuid':'n'}").status()).isEqualTo(403);
    assertThat(all.as("", "instruments/unknown/**").post("/acquisitions", "{'uuid':'n'}").status())
        .isEqualTo(201);
  }

  @Test
  void move_needsTheGrantForBothInstruments() {
    assertThat(agent.put("/acquisitions/mine", "{'instrument_id':'m99'}").status()).isEqualTo(403);
    assertThat(operator.get("/acquisitions/mine").status()).isEqualTo(200);
  }
}

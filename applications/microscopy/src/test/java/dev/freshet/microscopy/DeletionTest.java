package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeletionTest {
  private final Api api = Api.open();

  @BeforeEach
  void begin() {
    SessionData.acquisition(api, "a", "m12");
    SessionData.grid(api, "a", "g", 2, 2, 2);
    SessionData.grid(api, "a", "g2", 1, 1, 1);
    SessionData.atlas(api, "g", 2);
    SessionData.link(api, "g-atlas-t1", "g-s1");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private AcquisitionProgress progress() {
    return SessionData.progress(api, "m12", "a");
  }

  @Test
  void delete_leaf_isGoneAndUncounted() {
    assertThat(api.delete("/micrographs/g-s1-h1-m1").status()).isEqualTo(204);
    assertThat(api.get("/micrographs/g-s1-h1-m1").status()).isEqualTo(404);
    assertThat(api.delete("/micrographs/g-s1-h1-m1").status()).isEqualTo(404);
    assertThat(progress()).isEqualTo(new AcquisitionProgress("a", 2, 3, 5, 8, "started"));
  }

  @Test
  void delete_square_takesWhatIsUnderItAndNoMore() {
    assertThat(api.delete("/gridsquares/g-s1").status()).isEqualTo(204);
    assertThat(progress()).isEqualTo(new AcquisitionProgress("a", 2, 2, 3, 5, "started"));
    assertThat(api.get("/micrographs/g-s1-h2-m2").status()).isEqualTo(404);
    assertThat(api.get("/micrographs/g-s2-h1-m1").status()).isEqualTo(200);
  }

  @Test
  void delete_acquisition_leavesNothing() {
    SessionData.acquisition(api, "b", "m12");
    assertThat(api.delete("/acquisitions/a").status()).isEqualTo(204);
    assertThat(SessionData.topics(api))
        .containsExactly(
            "$microscopy/acquisitions/b",
            "instruments/m12/acquisitions/b",
            "instruments/m12/acquisitions/b/progress",
            "instruments/m12/acquisitions/b/timeline");
  }

  @Test
  void delete_moreThanOneAppendHolds_countersFollowEachAppend() {
    int holes = Deletion.CHUNK + 20;
    String list =
        IntStream.range(0, holes)
            .mapToObj(i -> SessionData.hole("g2-s1", "many" + i))
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(api.post("/gridsquares/g2-s1/foilholes", list).status()).isEqualTo(201);
    assertThat(api.delete("/grids/g2").status()).isEqualTo(204);
    assertThat(progress()).isEqualTo(new AcquisitionProgress("a", 1, 2, 4, 8, "started"));
  }

  @Test
  void delete_cutOffAfterAnAppend_isInOrderAndGoesOn() {
    Place top = new Place(Kind.ACQUISITION, "m12", "a", "", "a");
    List<Place> part = Tree.leavesFirst(api.tenant().log(), top, 4);
    assertThat(part)
        .extracting(Place::kind)
        .containsExactly(Kind.POSITION, Kind.ATLAS_TILE, Kind.ATLAS_TILE, Kind.ATLAS);
    List<Place> next = Tree.leavesFirst(api.tenant().log(), top, 8);
    assertThat(next).extracting(Place::kind).contains(Kind.MICROGRAPH, Kind.FOILHOLE);
    Ledger.commit(
        api.tenant(),
        ledger -> {
          ledger.removeAll(next);
          return next;
        });
    assertThat(progress().foilholeCount()).isEqualTo(api.get("/foilholes").body().size());
    assertThat(progress().micrographCount()).isEqualTo(api.get("/micrographs").body().size());
    assertThat(api.delete("/acquisitions/a").status()).isEqualTo(204);
    assertThat(SessionData.topics(api)).isEmpty();
  }

  @Test
  void delete_thenCreateAgain_countsFromNothing() {
    api.delete("/acquisitions/a");
    SessionData.acquisition(api, "a", "m12");
    assertThat(progress()).isEqualTo(AcquisitionProgress.none("a", "started"));
    assertThat(api.get("/acquisitions/a/grids").body()).isEmpty();
  }
}

package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Filter;
import dev.freshet.log.Recorded;
import dev.freshet.log.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CountersTest {
  private static final int THREADS = 8;
  private static final String PROGRESS = "instruments/m12/acquisitions/a/progress";

  private final Api api = Api.open();

  @BeforeEach
  void begin() {
    SessionData.acquisition(api, "a", "m12");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private AcquisitionProgress progress() {
    return SessionData.progress(api, "m12", "a");
  }

  @Test
  void progress_ofNothing_isZero() {
    assertThat(progress()).isEqualTo(AcquisitionProgress.none("a", "started"));
  }

  @Test
  void progress_eachKind_isCounted() {
    SessionData.grid(api, "a", "g", 2, 3, 4);
    assertThat(progress()).isEqualTo(new AcquisitionProgress("a", 1, 2, 6, 24, "started"));
  }

  @Test
  void progress_statusOfAcquisition_isFollowed() {
    api.put("/acquisitions/a", "{'status':'paused'}");
    assertThat(progress().status()).isEqualTo("paused");
  }

  @Test
  void progress_createsSideBySide_areAllCounted() throws Exception {
    SessionData.grid(api, "a", "g", 1, 0, 0);
    sideBySide(thread -> {
      for (int i = 0; i < 25; i++) {
        String hole = "h" + thread + "-" + i;
        SessionData.hole(api, "g-s1", hole);
        SessionData.micrograph(api, hole, hole + "-m");
      }
      return 0;
    });
    assertThat(progress()).isEqualTo(new AcquisitionProgress("a", 1, 1, 200, 200, "started"));
  }

  @Test
  void progress_sameUuidSideBySide_isCountedOnce() throws Exception {
    List<Integer> statuses =
        sideBySide(thread ->
            api.post("/acquisitions/a/grids", "{'uuid':'g','name':'G','acquisition_uuid':'a'}")
                .status());
    assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
    assertThat(progress().gridCount()).isEqualTo(1);
  }

  @Test
  void progress_createsAndDeletesOfParentsSideBySide_agreesWithWhatIsThere() throws Exception {
    for (int round = 0; round < 10; round++) {
      SessionData.grid(api, "a", "g" + round, 1, 4, 1);
      String square = "g" + round + "-s1";
      sideBySide(thread -> {
        if (thread < 4) return api.delete("/foilholes/" + square + "-h" + (thread + 1)).status();
        String hole = square + "-h" + (thread - 3);
        for (int i = 0; i < 10; i++) {
          api.post(
              "/foilholes/" + hole + "/micrographs",
              "{'uuid':'%s-x%d','foilhole_id':'8'}".formatted(hole, i));
        }
        return 0;
      });
    }
    assertThat(progress())
        .isEqualTo(
            new AcquisitionProgress(
                "a",
                api.get("/grids").body().size(),
                api.get("/gridsquares").body().size(),
                api.get("/foilholes").body().size(),
                api.get("/micrographs").body().size(),
                "started"));
    assertThat(progress().micrographCount()).as("nothing is left under a deleted hole").isZero();
  }

  @Test
  void positions_linkedAndTheirEndsDeletedSideBySide_areNeverLeftAlone() throws Exception {
    for (int round = 0; round < 10; round++) {
      String grid = "g" + round;
      SessionData.grid(api, "a", grid, 4, 0, 0);
      SessionData.atlas(api, grid, 4);
      sideBySide(thread -> {
        int number = thread % 4 + 1;
        if (thread == 0) return api.delete("/gridsquares/" + grid + "-s1").status();
        if (thread == 1) return api.delete("/atlas-tiles/" + grid + "-atlas-t1").status();
        for (int square = 1; square <= 4; square++) {
          api.post(
              "/atlas-tiles/%s-atlas-t%d/gridsquares/%s-s%d".formatted(grid, number, grid, square),
              SessionData.position(square));
        }
        return 0;
      });
      assertThat(Consistency.check(api)).contains(Kind.POSITION);
    }
  }

  @Test
  @DisplayName("S1: an entity and its count are in one append")
  void progress_entityAndItsCount_areInOneAppend() {
    SessionData.grid(api, "a", "g", 0, 0, 0);
    List<Recorded> events =
        api.tenant().log().read(Filter.of("instruments/**"), 0, Long.MAX_VALUE, 100).events();
    long grid = offset(events, "instruments/m12/acquisitions/a/grids/g");
    long progress = offset(events, PROGRESS);
    assertThat(progress - grid).isEqualTo(1);
  }

  @Test
  void progress_everyChange_isSentWhole() {
    SessionData.grid(api, "a", "g", 1, 1, 1);
    assertThat(api.tenant().log().read(Filter.of(PROGRESS), 0, Long.MAX_VALUE, 100).events())
        .hasSize(5)
        .allMatch(event -> event.revision().form() == Revision.Form.VALUE);
  }

  private static long offset(List<Recorded> events, String topic) {
    return events.stream()
        .filter(event -> event.event().topic().path().equals(topic))
        .mapToLong(Recorded::offset)
        .max()
        .orElseThrow();
  }

  private static List<Integer> sideBySide(IntUnaryOperator work) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        tasks.add(() -> work.applyAsInt(thread));
      }
      List<Integer> results = new ArrayList<>();
      for (Future<Integer> future : executor.invokeAll(tasks)) results.add(future.get());
      return results;
    }
  }
}

package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

/** Builds small acquisitions: uuids say what is under what, {@code a-g1-s1-h1-m1}. */
final class SessionData {
  private SessionData() {}

  static void acquisition(Api api, String uuid, String instrument) {
    created(
        api.post(
            "/acquisitions", "{'uuid':'%s','instrument_id':'%s'}".formatted(uuid, instrument)));
  }

  /**
   * A grid with as many squares, of which each has as many holes, of which each has as many
   * micrographs.
   */
  static void grid(
      Api api, String acquisition, String grid, int squares, int holes, int micrographs) {
    created(
        api.post(
            "/acquisitions/" + acquisition + "/grids",
            "{'uuid':'%s','name':'G','acquisition_uuid':'%s'}".formatted(grid, acquisition)));
    for (int s = 1; s <= squares; s++) {
      String square = grid + "-s" + s;
      square(api, grid, square);
      for (int h = 1; h <= holes; h++) {
        String hole = square + "-h" + h;
        hole(api, square, hole);
        for (int m = 1; m <= micrographs; m++) micrograph(api, hole, hole + "-m" + m);
      }
    }
  }

  static void square(Api api, String grid, String uuid) {
    created(api.post("/grids/" + grid + "/gridsquares", square(grid, uuid)));
  }

  static String square(String grid, String uuid) {
    return "{'uuid':'%s','gridsquare_id':'17','grid_uuid':'%s'}".formatted(uuid, grid);
  }

  static void hole(Api api, String square, String uuid) {
    created(api.post("/gridsquares/" + square + "/foilholes", "[" + hole(square, uuid) + "]"));
  }

  static String hole(String square, String uuid) {
    return "{'uuid':'%s','foilhole_id':'8','gridsquare_id':'17','gridsquare_uuid':'%s'}"
        .formatted(uuid, square);
  }

  static void micrograph(Api api, String hole, String uuid) {
    created(
        api.post(
            "/foilholes/" + hole + "/micrographs",
            "{'uuid':'%s','foilhole_id':'8'}".formatted(uuid)));
  }

  private static void created(Api.Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
  }

  static AcquisitionProgress progress(Api api, String instrument, String acquisition) {
    String topic = "instruments/" + instrument + "/acquisitions/" + acquisition + "/progress";
    return api.tenant()
        .log()
        .state(dev.freshet.event.Topic.of(topic))
        .flatMap(state -> java.util.Optional.ofNullable(state.value()))
        .orElseThrow()
        .as(AcquisitionProgress.class);
  }
}

package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.StateCut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

  /** A grid's atlas with as many tiles, {@code {grid}-atlas-t1} and on. */
  static void atlas(Api api, String grid, int tiles) {
    String uuid = grid + "-atlas";
    String list =
        IntStream.rangeClosed(1, tiles)
            .mapToObj(i -> tile(uuid, uuid + "-t" + i))
            .collect(Collectors.joining(",", "[", "]"));
    created(
        api.post(
            "/grids/" + grid + "/atlas",
            "{'uuid':'%s','grid_uuid':'%s','name':'Atlas','tiles':%s}"
                .formatted(uuid, grid, list)));
  }

  static String tile(String atlas, String uuid) {
    return "{'uuid':'%s','atlas_uuid':'%s'}".formatted(uuid, atlas);
  }

  static void link(Api api, String tile, String square) {
    created(api.post("/atlas-tiles/" + tile + "/gridsquares/" + square, position(3)));
  }

  /** Where a square is, without saying which. */
  static String position(int x) {
    return "{'center_x':%d,'center_y':4,'size_width':5,'size_height':6}".formatted(x);
  }

  private static void created(Api.Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
  }

  /** The topics of all states, the index's too. */
  static List<String> topics(Api api) {
    List<TopicPattern> all = List.of(TopicPattern.ALL, TopicPattern.of("$microscopy/**"));
    List<String> topics = new ArrayList<>();
    try (StateCut cut = api.tenant().log().states(all)) {
      cut.forEachRemaining(state -> topics.add(state.topic().path()));
    }
    return topics;
  }

  static AcquisitionProgress progress(Api api, String instrument, String acquisition) {
    String topic = "instruments/" + instrument + "/acquisitions/" + acquisition + "/progress";
    return api.tenant()
        .log()
        .state(Topic.of(topic))
        .flatMap(state -> Optional.ofNullable(state.value()))
        .orElseThrow()
        .as(AcquisitionProgress.class);
  }
}

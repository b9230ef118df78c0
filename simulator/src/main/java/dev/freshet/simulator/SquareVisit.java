package dev.freshet.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A grid square: known from the atlas, and if it was chosen, imaged and its holes collected. */
final class SquareVisit {
  private static final int COLUMNS = 8;
  private static final double PITCH = 90e-6;

  private final Dice dice;
  private final Scribe scribe;
  private final Script script;
  private final String grid;
  private final String directory;
  private final int id;
  private final int index;
  private final double quality;
  private final String uuid;
  private final String path;
  private final ObjectNode square;
  private Duration processed = Duration.ZERO;

  SquareVisit(Dice dice, Scribe scribe, String grid, String directory, int id, int index) {
    this.dice = dice;
    this.scribe = scribe;
    this.script = scribe.script();
    this.grid = grid;
    this.directory = directory + "/Images-Disc1/GridSquare_" + id;
    this.id = id;
    this.index = index;
    this.quality = Math.clamp(dice.normal(0.5, 0.2), 0.02, 0.98);
    this.uuid = dice.uuid();
    this.path = "/gridsquares/" + uuid;
    this.square = drawn();
  }

  /** How good the ice looks, between 0 and 1; decides what the micrographs resolve. */
  double quality() {
    return quality;
  }

  String uuid() {
    return uuid;
  }

  boolean unusable() {
    return quality < 0.15;
  }

  /** Where the atlas shows it, in pixels. */
  ObjectNode onAtlas() {
    ObjectNode square = square();
    ObjectNode position = Script.object().put("gridsquare_uuid", uuid);
    for (String member : List.of("center_x", "center_y", "size_width", "size_height")) {
      position.set(member, square.path(member));
    }
    return position;
  }

  Duration processed() {
    return processed;
  }

  /** As the atlas shows it. */
  ObjectNode square() {
    return square.deepCopy();
  }

  private ObjectNode drawn() {
    int x = index % COLUMNS;
    int y = index / COLUMNS;
    return Script.object()
        .put("uuid", uuid)
        .put("gridsquare_id", Integer.toString(id))
        .put("grid_uuid", grid)
        .put("status", "none")
        .put("data_dir", directory)
        .put("atlas_node_id", index + 1)
        .put("center_x", 400 + 450 * x + dice.between(-40, 40))
        .put("center_y", 400 + 450 * y + dice.between(-40, 40))
        .put("size_width", 380)
        .put("size_height", 380)
        .put("rotation", Script.rounded(dice.normal(0.08, 0.01)))
        .put("physical_x", x())
        .put("physical_y", y())
        .put("selected", false)
        .put("unusable", unusable());
  }

  void choose(Duration at) {
    put(at, Script.object().put("selected", true));
  }

  /**
   * Writes the visit.
   *
   * @return when the beam is free
   */
  Duration write(Duration start) {
    Duration now = start.plus(Script.seconds(dice.uniform(25, 45)));
    ObjectNode imaged = imaged(now);
    put(now, imaged);
    scribe.journal().moved(start.plusSeconds(2), id, x(), y());
    scribe.journal().centred(now, imaged.path("stage_position_z").doubleValue());
    List<HoleVisit> holes = holes();
    now = registered(now.plusSeconds(3), holes);
    for (HoleVisit hole : holes) {
      now = hole.write(now);
      if (hole.processed().compareTo(processed) > 0) processed = hole.processed();
    }
    return now;
  }

  private void put(Duration at, ObjectNode body) {
    script.put(at, Subject.GRID_SQUARE, path, body);
  }

  private ObjectNode imaged(Duration at) {
    return Script.object()
        .put("acquisition_datetime", script.timestamp(at))
        .put("image_path", directory + "/GridSquare_" + script.nameTime(at) + ".mrc")
        .put("detector_name", "BM-Ceta")
        .put("magnification", 580)
        .put("pixel_size", 2.43e-8)
        .put("stage_position_x", x())
        .put("stage_position_y", y())
        .put("stage_position_z", Script.rounded(dice.normal(40, 12)) * 1e-6)
        .put("applied_defocus", -5e-5)
        .put("defocus", -5e-5);
  }

  /** On the stage, in metres. */
  private double x() {
    return (index % COLUMNS - COLUMNS / 2) * PITCH;
  }

  private double y() {
    return (index / COLUMNS - COLUMNS / 2) * PITCH;
  }

  private List<HoleVisit> holes() {
    int count = dice.normal(15, 2.5, 6, 26);
    int firstId = id + dice.between(15_000, 30_000);
    List<HoleVisit> holes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Place place = new Place(uuid, Integer.toString(id), directory, firstId + i * 3, i);
      holes.add(new HoleVisit(dice.split(), scribe, place, quality));
    }
    return holes;
  }

  private Duration registered(Duration now, List<HoleVisit> holes) {
    ArrayNode bodies = Script.array();
    holes.forEach(hole -> bodies.add(hole.hole()));
    script.post(now, Subject.FOIL_HOLE, path + "/foilholes", bodies);
    script.post(now, Subject.GRID_SQUARE, path + "/registered?count=" + holes.size(), null);
    put(now.plusSeconds(2), Script.object().put("status", "foil holes decision started"));
    Duration decided = now.plusSeconds(8);
    scribe.journal().holesFound(now, id, holes.size());
    List<String> first = holes.stream().limit(6).map(HoleVisit::uuid).toList();
    scribe.decisions().squareSeen(decided, uuid, first, quality);
    put(decided, Script.object().put("status", "foil holes decision completed"));
    return decided;
  }

  /**
   * Where a foil hole is.
   *
   * @param index in its square, row by row
   */
  record Place(String square, String squareId, String directory, int id, int index) {}
}

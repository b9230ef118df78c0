package dev.freshet.simulator;

import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** A foil hole: one to four micrographs, one after the other. */
final class HoleVisit {
  private static final int COLUMNS = 5;
  private static final double[] SHOTS = {0.25, 0.35, 0.25, 0.15};
  private static final int DIAMETER = 230;

  private final Dice dice;
  private final Scribe scribe;
  private final SquareVisit.Place place;
  private final double quality;
  private final String uuid;
  private Duration processed = Duration.ZERO;

  HoleVisit(Dice dice, Scribe scribe, SquareVisit.Place place, double squareQuality) {
    this.dice = dice;
    this.scribe = scribe;
    this.place = place;
    this.quality = Math.clamp(dice.normal(squareQuality, 0.1), 0, 1);
    this.uuid = dice.uuid();
  }

  Duration processed() {
    return processed;
  }

  String uuid() {
    return uuid;
  }

  ObjectNode hole() {
    int x = 300 + 340 * (place.index() % COLUMNS) + dice.between(-6, 6);
    int y = 300 + 340 * (place.index() / COLUMNS) + dice.between(-6, 6);
    return Script.object()
        .put("uuid", uuid)
        .put("foilhole_id", Integer.toString(place.id()))
        .put("gridsquare_id", place.squareId())
        .put("gridsquare_uuid", place.square())
        .put("status", "none")
        .put("center_x", x)
        .put("center_y", y)
        .put("x_location", x)
        .put("y_location", y)
        .put("x_stage_position", Script.rounded(x * 0.0243) * 1e-6)
        .put("y_stage_position", Script.rounded(y * 0.0243) * 1e-6)
        .put("diameter", DIAMETER)
        .put("size_width", DIAMETER)
        .put("size_height", DIAMETER)
        .put("rotation", 0)
        .put("quality", Script.rounded(quality))
        .put("is_near_grid_bar", place.index() % COLUMNS == 0 && dice.chance(0.2));
  }

  /**
   * Writes the visit.
   *
   * @return when the beam is free
   */
  Duration write(Duration start) {
    Duration now = start.plus(Script.seconds(dice.uniform(8, 14)));
    scribe.journal().focused(now.minusSeconds(4), place.id());
    int shots = dice.weighted(SHOTS) + 1;
    for (int shot = 1; shot <= shots; shot++) {
      now = now.plus(Script.seconds(dice.uniform(2.5, 3.5)));
      MicrographResult micrograph =
          new MicrographResult(dice.split(), scribe, uuid, place, shot, quality);
      micrograph.write(now);
      if (shot == 1) detected(now);
      if (micrograph.processed().compareTo(processed) > 0) processed = micrograph.processed();
    }
    return now;
  }

  private void detected(Duration at) {
    ObjectNode body = Script.object().put("status", "micrographs detected");
    scribe.script().put(at, Subject.FOIL_HOLE, "/foilholes/" + uuid, body);
  }
}

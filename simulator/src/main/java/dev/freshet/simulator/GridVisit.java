package dev.freshet.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A grid under the beam, about an hour: the atlas finds its squares, some are chosen, and each of
 * those is visited.
 */
final class GridVisit {
  private final Dice dice;
  private final Scribe scribe;
  private final Script script;
  private final Interlude interlude;
  private final String acquisition;
  private final String directory;
  private final String uuid;
  private final String path;
  private Duration processed = Duration.ZERO;

  GridVisit(Dice dice, Scribe scribe, String acquisition, String directory, Interlude interlude) {
    this.dice = dice;
    this.scribe = scribe;
    this.script = scribe.script();
    this.interlude = interlude;
    this.acquisition = acquisition;
    this.directory = directory;
    this.uuid = dice.uuid();
    this.path = "/grids/" + uuid;
  }

  /** When the last result of this grid comes. */
  Duration processed() {
    return processed;
  }

  /**
   * Writes the grid's reports.
   *
   * @return when the beam is free
   */
  Duration write(Duration start) {
    script.post(start, Subject.GRID, "/acquisitions/" + acquisition + "/grids", grid());
    Duration now = start.plus(Script.seconds(dice.uniform(20, 40)));
    scribe.journal().inserted(now, directory);
    status(now, "scan started", "scan_start_time");
    Duration scanned = now.plus(Script.seconds(dice.uniform(240, 360)));
    AtlasVisit atlas = new AtlasVisit(dice.split(), script, scribe.journal(), uuid, directory);
    atlas.write(now, scanned);
    status(scanned, "scan completed", "scan_end_time");
    List<SquareVisit> squares = squares();
    List<SquareVisit> chosen = chosen(squares);
    now = registered(scanned.plusSeconds(2), squares);
    atlas.link(now, squares);
    List<String> targets = chosen.stream().map(SquareVisit::uuid).toList();
    scribe.decisions().squaresChosen(now, uuid, targets);
    return collected(now, chosen);
  }

  private ObjectNode grid() {
    return Script.object()
        .put("uuid", uuid)
        .put("name", directory.substring(directory.lastIndexOf('/') + 1))
        .put("acquisition_uuid", acquisition)
        .put("status", "none")
        .put("data_dir", directory)
        .put("atlas_dir", directory + "/Atlas");
  }

  private void status(Duration at, String status) {
    script.put(at, Subject.GRID, path, Script.object().put("status", status));
  }

  private void status(Duration at, String status, String timeField) {
    ObjectNode body = Script.object().put("status", status).put(timeField, script.timestamp(at));
    script.put(at, Subject.GRID, path, body);
  }

  private List<SquareVisit> squares() {
    int count = dice.normal(40, 4, 28, 52);
    int firstId = dice.between(8_000_000, 28_000_000);
    List<SquareVisit> squares = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      squares.add(new SquareVisit(dice.split(), scribe, uuid, directory, firstId + i * 14, i));
    }
    return squares;
  }

  private Duration registered(Duration now, List<SquareVisit> squares) {
    ArrayNode bodies = Script.array();
    squares.forEach(square -> bodies.add(square.square()));
    ObjectNode batch = Script.object();
    batch.set("gridsquares", bodies);
    script.post(now, Subject.GRID_SQUARE, path + "/gridsquares/batch", batch);
    script.post(now, Subject.GRID, path + "/registered", null);
    int unusable = (int) squares.stream().filter(SquareVisit::unusable).count();
    scribe.journal().squaresFound(now, squares.size(), unusable);
    status(now.plusSeconds(10), "grid squares decision started");
    Duration decided = now.plus(Script.seconds(dice.uniform(20, 50)));
    status(decided, "grid squares decision completed");
    return decided;
  }

  /** The best by the look of them, in the order in which the stage comes by. */
  private List<SquareVisit> chosen(List<SquareVisit> squares) {
    int count = dice.normal(10, 1.2, 7, 13);
    List<SquareVisit> best =
        squares.stream()
            .sorted((a, b) -> Double.compare(b.quality(), a.quality()))
            .limit(count)
            .toList();
    return squares.stream().filter(best::contains).toList();
  }

  private Duration collected(Duration start, List<SquareVisit> chosen) {
    Duration now = start;
    for (SquareVisit square : chosen) square.choose(start);
    for (SquareVisit square : chosen) {
      if (square == chosen.get(chosen.size() / 2)) now = interlude.halfway(now);
      now = square.write(now);
      if (square.processed().compareTo(processed) > 0) processed = square.processed();
    }
    return now;
  }

  /** What happens when half of the squares are done. */
  interface Interlude {
    /**
     * @return when the beam is free again
     */
    Duration halfway(Duration now);
  }
}

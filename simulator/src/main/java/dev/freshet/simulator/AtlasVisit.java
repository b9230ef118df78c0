package dev.freshet.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The atlas of a grid: tiles at low magnification, on which the squares are found. */
final class AtlasVisit {
  private static final int SIDE = 3;
  private static final int TILE = 1340;

  private final Dice dice;
  private final Script script;
  private final Journal journal;
  private final String grid;
  private final String directory;
  private final String uuid;
  private final List<String> tiles;

  AtlasVisit(Dice dice, Script script, Journal journal, String grid, String directory) {
    this.dice = dice;
    this.script = script;
    this.journal = journal;
    this.grid = grid;
    this.directory = directory;
    this.uuid = dice.uuid();
    this.tiles = IntStream.range(0, SIDE * SIDE).mapToObj(i -> dice.uuid()).toList();
  }

  /** Writes the tiles, evenly between the start and the end of the scan, and the atlas then. */
  void write(Duration start, Duration end) {
    script.post(start, Subject.ATLAS, "/grids/" + grid + "/atlas", atlas(start));
    Duration each = end.minus(start).dividedBy(tiles.size());
    for (int i = 0; i < tiles.size(); i++) {
      Duration at = start.plus(each.multipliedBy(i + 1L)).minusSeconds(1);
      script.post(at, Subject.ATLAS, "/atlases/" + uuid + "/tiles", tile(i));
      journal.atlasTile(at, i + 1, tiles.size());
    }
  }

  private ObjectNode atlas(Duration at) {
    return Script.object()
        .put("uuid", uuid)
        .put("grid_uuid", grid)
        .put("name", "Atlas of " + directory.substring(directory.lastIndexOf('/') + 1))
        .put("atlas_id", Integer.toString(dice.between(100_000, 999_999)))
        .put("acquisition_date", script.timestamp(at))
        .put("storage_folder", directory + "/Atlas");
  }

  private ObjectNode tile(int index) {
    return Script.object()
        .put("uuid", tiles.get(index))
        .put("atlas_uuid", uuid)
        .put("tile_id", Integer.toString(index + 1))
        .put("position_x", index % SIDE * TILE)
        .put("position_y", index / SIDE * TILE)
        .put("size_x", TILE)
        .put("size_y", TILE)
        .put("file_format", "mrc")
        .put("base_filename", "Tile_" + (index + 1) + "_1");
  }

  /** Links each square to the tile on which its centre lies, a request a tile. */
  void link(Duration at, List<SquareVisit> squares) {
    List<ArrayNode> onTiles = new ArrayList<>();
    for (int i = 0; i < tiles.size(); i++) onTiles.add(Script.array());
    for (SquareVisit square : squares) {
      ObjectNode position = square.onAtlas();
      int column = column(position.path("center_x").intValue());
      int row = column(position.path("center_y").intValue());
      position.put("center_x", position.path("center_x").intValue() - column * TILE);
      position.put("center_y", position.path("center_y").intValue() - row * TILE);
      onTiles.get(row * SIDE + column).add(position);
    }
    for (int i = 0; i < tiles.size(); i++) {
      if (onTiles.get(i).isEmpty()) continue;
      String path = "/atlas-tiles/" + tiles.get(i) + "/gridsquares";
      script.post(at, Subject.ATLAS, path, onTiles.get(i));
    }
  }

  private static int column(int pixel) {
    return Math.clamp(pixel / TILE, 0, SIDE - 1);
  }
}

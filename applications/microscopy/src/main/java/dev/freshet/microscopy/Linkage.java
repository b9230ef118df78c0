package dev.freshet.microscopy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Positions of grid squares on one atlas tile. A square that has one there already gets the new
 * one.
 *
 * @param uuid of the tile
 */
record Linkage(Access access, String uuid, List<ObjectNode> values)
    implements Function<Ledger, List<Entity>> {
  @Override
  public List<Entity> apply(Ledger ledger) {
    Finder finder = ledger.finder();
    Place tile = finder.require(Kind.ATLAS_TILE, uuid);
    if (values.isEmpty()) access.requireWrite(tile);
    ledger.guard(tile);
    String grid = grid(finder, tile);
    List<Entity> unlinked = new ArrayList<>();
    for (ObjectNode value : values) {
      String uuid = value.path(Kind.POSITION.identity()).asString();
      Entity position = new Entity(tile.child(Kind.POSITION, uuid), value);
      access.requireAdd(tile, position.place());
      requireOn(grid, finder.require(Kind.GRIDSQUARE, uuid));
      ledger
          .find(position.place())
          .ifPresentOrElse(
              before -> ledger.replace(before, position), () -> unlinked.add(position));
    }
    ledger.addAll(tile, unlinked);
    return unlinked;
  }

  private void requireOn(String grid, Place square) {
    access.requireKnown(square);
    if (square.parent().equals(grid)) return;
    throw Failures.conflict("the grid square is on another grid than the atlas");
  }

  private static String grid(Finder finder, Place tile) {
    return finder
        .named(Place.index(Kind.ATLAS, tile.parent()))
        .map(Place::parent)
        .orElseThrow(() -> Failures.notFound(Kind.ATLAS));
  }
}

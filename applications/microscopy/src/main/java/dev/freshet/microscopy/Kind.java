package dev.freshet.microscopy;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of entities that an acquisition consists of: a tree, each kind under its parent. */
enum Kind {
  ACQUISITION("Acquisition", "acquisitions", "acquisition_uuid", null),
  GRID("Grid", "grids", "grid_uuid", ACQUISITION),
  GRIDSQUARE("Grid Square", "gridsquares", "gridsquare_uuid", GRID),
  FOILHOLE("Foil Hole", "foilholes", "foilhole_uuid", GRIDSQUARE),
  MICROGRAPH("Micrograph", "micrographs", "micrograph_uuid", FOILHOLE),
  ATLAS("Atlas", "atlases", "atlas_uuid", GRID),
  ATLAS_TILE("Atlas Tile", "atlas-tiles", "tile_uuid", ATLAS),

  /** Where a grid square is on an atlas tile: under the tile, and gone with the square too. */
  POSITION("Atlas Tile Grid Square Position", "positions", "gridsquare_uuid", ATLAS_TILE);

  /**
   * The status before anything happened. Clients send it with every update, because it is the
   * schema's default; it never takes back a later one.
   */
  static final String NOTHING_YET = "none";

  private final String label;
  private final String segment;
  private final String parameter;
  private final @Nullable Kind parent;

  Kind(String label, String segment, String parameter, @Nullable Kind parent) {
    this.label = label;
    this.segment = segment;
    this.parameter = parameter;
    this.parent = parent;
  }

  /** As messages to clients name it. */
  String label() {
    return label;
  }

  /** Its part of a topic, and the first part of its routes' paths. */
  String segment() {
    return segment;
  }

  Optional<Kind> parent() {
    return Optional.ofNullable(parent);
  }

  static Kind ofSegment(String segment) {
    for (Kind kind : values()) if (kind.segment.equals(segment)) return kind;
    throw new IllegalArgumentException("no kind has the segment '" + segment + "'");
  }

  /** The kinds whose entities go when one of this kind goes. */
  List<Kind> children() {
    return switch (this) {
      case ACQUISITION -> List.of(GRID);
      case GRID -> List.of(ATLAS, GRIDSQUARE);
      case GRIDSQUARE -> List.of(FOILHOLE, POSITION);
      case FOILHOLE -> List.of(MICROGRAPH);
      case ATLAS -> List.of(ATLAS_TILE);
      case ATLAS_TILE -> List.of(POSITION);
      case MICROGRAPH, POSITION -> List.of();
    };
  }

  /** The field that tells entities with the same parent apart. */
  String identity() {
    return this == POSITION ? parameter : "uuid";
  }

  /** The field that names the parent; empty for an acquisition. */
  String parentField() {
    if (this == POSITION) return "atlastile_uuid";
    return parent == null ? "" : parent.parameter;
  }

  String initialStatus() {
    return this == ACQUISITION ? "started" : NOTHING_YET;
  }

  /** The path parameter that names an entity of this kind. */
  String parameter() {
    return parameter;
  }

  /** The OpenAPI schema of its answers. */
  String responseSchema() {
    return label.replace(" ", "") + "Response";
  }
}

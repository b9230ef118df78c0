package dev.freshet.microscopy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of entities that an acquisition consists of, each under one of the kind before it. */
enum Kind {
  ACQUISITION("Acquisition", "acquisitions", null, ""),
  GRID("Grid", "grids", ACQUISITION, "acquisition_uuid"),
  GRIDSQUARE("Grid Square", "gridsquares", GRID, "grid_uuid"),
  FOILHOLE("Foil Hole", "foilholes", GRIDSQUARE, "gridsquare_uuid"),
  MICROGRAPH("Micrograph", "micrographs", FOILHOLE, "foilhole_uuid");

  /**
   * The status before anything happened. Clients send it with every update, because it is the
   * schema's default; it never takes back a later one.
   */
  static final String NOTHING_YET = "none";

  private final String label;
  private final String segment;
  private final @Nullable Kind parent;
  private final String parentField;

  Kind(String label, String segment, @Nullable Kind parent, String parentField) {
    this.label = label;
    this.segment = segment;
    this.parent = parent;
    this.parentField = parentField;
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

  /** The kind under this one. */
  Optional<Kind> child() {
    return switch (this) {
      case ACQUISITION -> Optional.of(GRID);
      case GRID -> Optional.of(GRIDSQUARE);
      case GRIDSQUARE -> Optional.of(FOILHOLE);
      case FOILHOLE -> Optional.of(MICROGRAPH);
      case MICROGRAPH -> Optional.empty();
    };
  }

  /** The request field that names the parent; empty for an acquisition. */
  String parentField() {
    return parentField;
  }

  String initialStatus() {
    return this == ACQUISITION ? "started" : NOTHING_YET;
  }

  /** The path parameter that names an entity of this kind. */
  String parameter() {
    return segment.substring(0, segment.length() - 1) + "_uuid";
  }

  /** The OpenAPI schema of its answers. */
  String responseSchema() {
    return label.replace(" ", "") + "Response";
  }
}

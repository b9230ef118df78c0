package dev.freshet.microscopy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The shape of each kind. */
final class Shapes {
  private final Map<Kind, Shape> shapes = new EnumMap<>(Kind.class);

  Shapes(ApiDocument api) {
    for (Kind kind : Kind.values()) shapes.put(kind, new Shape(kind, api));
  }

  Shape of(Kind kind) {
    return Objects.requireNonNull(shapes.get(kind));
  }
}

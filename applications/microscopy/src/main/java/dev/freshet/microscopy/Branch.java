package dev.freshet.microscopy;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** A new entity's value, with what is created under it in the same append. */
record Branch(Kind kind, ObjectNode value, List<Branch> under) {
  static List<Branch> leaves(Kind kind, List<ObjectNode> values) {
    return values.stream().map(value -> new Branch(kind, value, List.of())).toList();
  }

  /** The entities that it becomes under a parent, each before those that are under it. */
  Stream<Entity> entities(Place parent) {
    Place place = parent.child(kind, value.path("uuid").asString());
    return Stream.concat(
        Stream.of(new Entity(place, value)), under.stream().flatMap(b -> b.entities(place)));
  }
}

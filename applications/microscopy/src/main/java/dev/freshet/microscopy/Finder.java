package dev.freshet.microscopy;

import dev.freshet.event.Topic;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Finds entities by their uuid alone.
 *
 * @param states the value of a topic, a missing node if there is none
 */
record Finder(Function<Topic, JsonNode> states) {
  Optional<Place> place(Kind kind, String uuid) {
    return Segment.of(uuid).flatMap(segment -> named(Place.index(kind, segment)));
  }

  /** The place that an index entry names. */
  Optional<Place> named(Topic index) {
    return states.apply(index).asStringOpt().map(path -> Place.of(Topic.of(path)));
  }

  /** The place of an entity that is there, whoever asks. */
  Place require(Kind kind, String uuid) {
    return place(kind, uuid).orElseThrow(() -> Failures.notFound(kind));
  }
}

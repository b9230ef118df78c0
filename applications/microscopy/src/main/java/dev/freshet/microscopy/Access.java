package dev.freshet.microscopy;

import dev.freshet.access.Principal;
import dev.freshet.event.Topic;

/**
 * What a caller may do with an entity; one that it may neither read nor write does not exist for it
 * (A1).
 */
record Access(Principal principal) {
  boolean reads(Place place) {
    return principal.read().permits(place.topic());
  }

  boolean writes(Place place) {
    return principal.write().permits(place.topic());
  }

  void requireKnown(Place place) {
    if (!writes(place)) requireRead(place);
  }

  void requireRead(Place place) {
    if (!reads(place)) throw Failures.notFound(place.kind());
  }

  /** For what is kept about an entity at a topic of its own. */
  void requireRead(Place place, Topic topic) {
    requireRead(place);
    if (!principal.read().permits(topic)) throw Failures.notFound(place.kind());
  }

  void requireWrite(Place place) {
    if (writes(place)) return;
    throw reads(place) ? Failures.forbidden(place.topic()) : Failures.notFound(place.kind());
  }

  /** Adding to what the caller can't see is answered as if the parent were not there. */
  void requireAdd(Place parent, Place child) {
    if (writes(child)) return;
    throw reads(parent) ? Failures.forbidden(child.topic()) : Failures.notFound(parent.kind());
  }
}

package dev.freshet.microscopy;

import dev.freshet.access.Principal;
import dev.freshet.event.Topic;

/**
 * What a caller may do with an entity; one that it may neither read nor write does not exist for it
 * (A1).
 */
record Access(Principal principal) {
  boolean reads(Place place) {
    return reads(place.topic());
  }

  boolean writes(Place place) {
    return writes(place.topic());
  }

  boolean reads(Topic topic) {
    return principal.read().permits(topic);
  }

  boolean writes(Topic topic) {
    return principal.write().permits(topic);
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

  /**
   * @param seen what tells the caller, if it may read it, that there is something to write to
   * @param label of what is not there for who may not
   */
  void requireWrite(Topic topic, Topic seen, String label) {
    if (writes(topic)) return;
    throw reads(seen) ? Failures.forbidden(topic) : Failures.notFound(label);
  }
}

package dev.freshet.resource;

import dev.freshet.event.Topic;

/**
 * A state that is fed by a loader while it is watched, until it is terminal.
 *
 * @param topic that holds the document; written by nobody else
 * @param kept whether a document that is not terminal stays when nobody watches it any more
 */
public record Resource(Topic topic, Loader loader, Pace pace, boolean kept) {
  public Resource(Topic topic, Loader loader, Pace pace) {
    this(topic, loader, pace, true);
  }

  public static Resource of(String topic, Loader loader) {
    return new Resource(Topic.of(topic), loader, Pace.DEFAULT);
  }

  /** Removed when nobody watches it any more, unless it is terminal. */
  public Resource passing() {
    return new Resource(topic, loader, pace, false);
  }

  public Resource pace(Pace other) {
    return new Resource(topic, loader, other, kept);
  }
}

package dev.freshet.resource;

import dev.freshet.event.Topic;

/**
 * A state that is fed by a loader while it is watched, until it is terminal.
 *
 * @param topic that holds the document; written by nobody else
 */
public record Resource(Topic topic, Loader loader, Pace pace) {
  public static Resource of(String topic, Loader loader) {
    return new Resource(Topic.of(topic), loader, Pace.DEFAULT);
  }

  public Resource pace(Pace other) {
    return new Resource(topic, loader, other);
  }
}

package dev.freshet.event;

import java.time.Instant;

/**
 * What happened: topic, type, time and JSON data; immutable.
 *
 * @param type 1 to {@value #MAX_TYPE_LENGTH} characters without control characters (A5)
 * @param time when it happened, to the millisecond on the wire
 * @param end whether this is the topic's last event (U7)
 */
public record Event(Topic topic, String type, Instant time, Json data, boolean end) {
  public static final int MAX_TYPE_LENGTH = 128;

  public Event {
    EventTypes.check(type);
  }

  public static Event of(Topic topic, String type, Instant time, Json data) {
    return new Event(topic, type, time, data, false);
  }
}

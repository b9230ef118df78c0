package dev.freshet.log;

import dev.freshet.event.Event;

/**
 * An event and what retention asks of it.
 *
 * @param millis when it was appended, which is what its age is counted from
 * @param bytes of topic, type and data together
 */
record Kept(Recorded recorded, long millis, int bytes) {
  static int bytes(Event event) {
    return event.topic().path().length() + event.type().length() + event.data().length();
  }
}

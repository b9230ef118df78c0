package dev.freshet.log;

import dev.freshet.event.Event;

/**
 * An event as the store keeps it.
 *
 * @param millis when it was appended, which is what its age is counted from
 * @param indexed whether the topic index has an entry under its offset, see {@link IndexEntry}
 */
record Stored(Recorded recorded, long millis, boolean indexed) {
  long offset() {
    return recorded.offset();
  }

  /** What retention counts: topic, type and data together. */
  int bytes() {
    return bytes(recorded.event());
  }

  static int bytes(Event event) {
    return event.topic().path().length() + event.type().length() + event.data().length();
  }
}

package dev.freshet.microscopy;

import dev.freshet.event.Topic;
import dev.freshet.log.EventLog;
import dev.freshet.log.TopicState;
import dev.freshet.state.Changes;
import dev.freshet.state.Precondition;
import dev.freshet.state.WriteOptions;

/**
 * What is in an acquisition, told by the versions of the two states of which every addition,
 * removal and move changes one. Taken before a walk over the log, and demanded of what is appended
 * after it, it covers all that the walk found.
 */
record Inventory(Place place, long progress, long revision) {
  static Inventory of(EventLog log, Place place) {
    return new Inventory(place, version(log, place.progress()), version(log, place.revision()));
  }

  private static long version(EventLog log, Topic topic) {
    return log.state(topic).map(TopicState::version).orElse(0L);
  }

  void demand(Changes changes) {
    demand(changes, place.progress(), progress);
    demand(changes, place.revision(), revision);
  }

  private static void demand(Changes changes, Topic topic, long version) {
    WriteOptions unchanged = WriteOptions.NONE.precondition(Precondition.version(version));
    changes.update(topic, same -> same, unchanged);
  }
}

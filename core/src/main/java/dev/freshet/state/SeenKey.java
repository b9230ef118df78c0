package dev.freshet.state;

import dev.freshet.event.Event;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.Appended;
import dev.freshet.log.Batch;
import dev.freshet.log.Entry;
import dev.freshet.log.EventLog;
import dev.freshet.log.LogException;
import dev.freshet.log.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Asks a log whether it has seen a key, which only an append can tell: it offers a change from a
 * version that no state reaches, so that nothing can be appended. So a write that is repeated after
 * its answer was lost is recognised even where the first one itself made it fail, or made it change
 * nothing.
 */
final class SeenKey {
  private static final Entry NEVER =
      new Entry(
          Event.of(Topic.of("$freshet/never"), EventTypes.STATE_DELETE, Instant.EPOCH, Json.NULL),
          new Revision(Long.MAX_VALUE, Long.MAX_VALUE - 1, Revision.Form.DELETION, null),
          null);

  private SeenKey() {}

  /** What was appended with the key; empty if it has not been seen in the window. */
  static Optional<Appended> range(EventLog log, String key) {
    try {
      return Optional.of(log.append(new Batch(List.of(NEVER), Optional.of(key))));
    } catch (LogException.VersionConflict unseen) {
      return Optional.empty();
    }
  }
}

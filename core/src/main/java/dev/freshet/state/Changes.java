package dev.freshet.state;

import dev.freshet.event.Event;
import dev.freshet.event.Topic;
import dev.freshet.log.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * Changes of states and events that {@link StateStore#commit} appends as one (L4). What was changed
 * here is seen here at once. A topic without a value shows as Jackson's missing node. For one
 * thread, and only while the work runs.
 */
public interface Changes {
  /** The topic's value, with the changes made here; a copy that may be changed. */
  JsonNode get(Topic topic);

  /** When the topic's value was last changed or removed; empty if it never had one. */
  Optional<Instant> changedAt(Topic topic);

  /**
   * Sets the topic's value; changes nothing if it is the same (S5). The options may not have a key.
   */
  Changes put(Topic topic, JsonNode value, WriteOptions options);

  default Changes put(Topic topic, JsonNode value) {
    return put(topic, value, WriteOptions.NONE);
  }

  /**
   * Sets what the edit makes of the topic's value, which it may change in place; a missing node
   * deletes. The options may not have a key.
   */
  Changes update(Topic topic, UnaryOperator<JsonNode> edit, WriteOptions options);

  default Changes update(Topic topic, UnaryOperator<JsonNode> edit) {
    return update(topic, edit, WriteOptions.NONE);
  }

  /** Removes the topic's value, if it has one. The options may not have a key. */
  Changes delete(Topic topic, WriteOptions options);

  default Changes delete(Topic topic) {
    return delete(topic, WriteOptions.NONE);
  }

  /**
   * Appends an event that changes no state.
   *
   * @throws StateException.ValueTooLarge if its data is longer than a state's value may be
   */
  Changes publish(Event event);

  default Changes publish(List<Event> events) {
    events.forEach(this::publish);
    return this;
  }

  /** Names the cause of the changes that follow and have none in their options. */
  Changes cause(Revision.Cause cause);

  /** The idempotency key of all of it (L3). */
  Changes key(String key);
}

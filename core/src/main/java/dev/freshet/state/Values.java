package dev.freshet.state;

import dev.freshet.event.Event;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.Revision.Form;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Makes values within the limits, and the data of the events that change them. Thread-safe. */
final class Values {
  /**
   * A diff may write this many times the value on its way to a patch that is shorter than the
   * value.
   */
  private static final long SLACK = 4;

  private final StateStore.Limits limits;

  Values(StateStore.Limits limits) {
    this.limits = limits;
  }

  /**
   * The value that a tree stands for, as its text says: nodes of Java objects, floats and bytes
   * become what JSON makes of them, and the caller may go on changing the tree.
   */
  Value of(Topic topic, JsonNode tree) {
    try {
      Value value = new Value(Json.of(tree));
      int bytes = value.json().length();
      if (bytes > limits.valueBytes())
        throw StateException.ValueTooLarge.state(topic, bytes, limits.valueBytes());
      if (Extent.depth(value.node(), limits.depth()) > limits.depth()) throw tooDeep(topic);
      return value;
    } catch (JacksonException notJson) {
      throw new StateException.ValueInvalid(topic, notJson.getOriginalMessage());
    }
  }

  /** An event that a commit publishes is as bounded as a state (R1). */
  void check(Event event) {
    int bytes = event.data().length();
    if (bytes > limits.valueBytes())
      throw StateException.ValueTooLarge.event(event.topic(), bytes, limits.valueBytes());
  }

  private StateException tooDeep(Topic topic) {
    return new StateException.ValueInvalid(
        topic, "it is nested deeper than " + limits.depth() + " levels; flatten it");
  }

  JsonPatch patch(JsonNode document) {
    return JsonPatch.parse(
        document,
        new JsonPatch.Bounds(
            limits.patchOperations(), SLACK * limits.valueBytes(), limits.depth()));
  }

  /**
   * What the event of a change carries: the patch if there is one that is shorter than the value
   * (S3).
   */
  Data data(@Nullable Value before, @Nullable Value after, boolean whole) {
    if (after == null) return new Data(Form.DELETION, Json.NULL);
    if (before == null || whole) return new Data(Form.VALUE, after.json());
    return patch(before, after)
        .map(patch -> new Data(Form.PATCH, patch))
        .orElseGet(() -> new Data(Form.VALUE, after.json()));
  }

  private Optional<Json> patch(Value before, Value after) {
    int length = after.json().length();
    Budget budget = new Budget(limits.diffVisits(), SLACK * length);
    return JsonDiff.diff(before.node(), after.node(), budget)
        .map(Json::of)
        .filter(patch -> patch.length() < length);
  }

  record Data(Form form, Json json) {}
}

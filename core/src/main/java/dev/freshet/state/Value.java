package dev.freshet.state;

import dev.freshet.event.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A state's value as text and, once it is asked for, as the tree that parsing the text gives.
 * Thread-safe.
 */
final class Value {
  private final Json json;
  private volatile @Nullable JsonNode node;

  Value(Json json) {
    this.json = json;
  }

  Json json() {
    return json;
  }

  /** The tree; shared, not to be changed. */
  JsonNode node() {
    JsonNode parsed = node;
    if (parsed == null) {
      parsed = json.node();
      node = parsed;
    }
    return parsed;
  }

  /** Whether a reader who holds one holds the other, but for the order of members (S5). */
  boolean same(Value other) {
    return json.equals(other.json) || Equality.ofTexts(node(), other.node(), Budget.unbounded());
  }
}

package dev.freshet.resource;

import dev.freshet.event.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a {@link Loader} found. */
public sealed interface Loaded {
  /** The document: a record, map, list, scalar, null or Jackson node. */
  static Value of(@Nullable Object document) {
    return new Value(Json.from(document).node(), Optional.empty(), false);
  }

  /** The document is what it was. */
  static Unchanged unchanged() {
    return new Unchanged(false);
  }

  /** There is no document. If there was one, its topic ends; it does not come back. */
  static Gone gone() {
    return new Gone();
  }

  /**
   * The document as it is now; the same as before makes no event (S5).
   *
   * @param tag given to the next call, as an ETag is
   * @param terminal whether it is the last: its topic ends (U7)
   */
  record Value(JsonNode value, Optional<String> tag, boolean terminal) implements Loaded {
    public Value tagged(String newTag) {
      return new Value(value, Optional.of(newTag), terminal);
    }

    public Value ending() {
      return new Value(value, tag, true);
    }
  }

  /**
   * Nothing differs from what was loaded before.
   *
   * @param terminal whether nothing ever will: the topic ends (U7)
   */
  record Unchanged(boolean terminal) implements Loaded {
    public Unchanged ending() {
      return new Unchanged(true);
    }
  }

  /** There is no document, or none any more. */
  record Gone() implements Loaded {}
}

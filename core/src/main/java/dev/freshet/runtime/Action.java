package dev.freshet.runtime;

import dev.freshet.event.Json;
import dev.freshet.log.Revision.Cause;
import java.util.UUID;

/**
 * What somebody wants done.
 *
 * @param id names this one action: dispatched again with the same id it changes nothing (L3)
 */
public record Action(String type, Json payload, String id) {
  public static final int MAX_ID_LENGTH = 128;

  public Action {
    check("type", type, Cause.MAX_LENGTH);
    check("id", id, MAX_ID_LENGTH);
  }

  /** With an id of its own. */
  public static Action of(String type, Object payload) {
    return new Action(type, Json.from(payload), UUID.randomUUID().toString());
  }

  /** Without a payload, with an id of its own. */
  public static Action of(String type) {
    return new Action(type, Json.NULL, UUID.randomUUID().toString());
  }

  private static void check(String what, String text, int limit) {
    if (!text.isEmpty() && text.length() <= limit) return;
    throw new IllegalArgumentException(
        "an action's " + what + " has 1 to " + limit + " characters; it has " + text.length());
  }
}

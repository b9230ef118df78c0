package dev.freshet.server.openapi;

import java.util.Map;
import java.util.Set;

/** What a method and a path lead to. */
public sealed interface Match {
  /**
   * An operation.
   *
   * @param path its path parameters, decoded
   */
  record Found(Route route, Map<String, String> path) implements Match {}

  /** The path is there, but not for this method. */
  record WrongMethod(Set<String> allowed) implements Match {}

  /** Nothing is there. */
  record Unknown() implements Match {}
}

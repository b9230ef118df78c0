package dev.freshet.view;

import dev.freshet.event.Json;
import java.util.List;

/**
 * What one event looks like to a client.
 *
 * @param type the SSE event name; empty for a frame without one, which clients hear as {@code
 *     message}
 * @param before frames that go ahead of it, without ids: a client that was cut off amid them is
 *     sent all of them again
 * @param last whether the stream of whoever is sent it ends behind it, as if its topics had ended
 *     (U7); others may begin behind it
 */
public record Frame(String type, Json data, List<Frame> before, boolean last) {
  public Frame {
    before = List.copyOf(before);
  }

  public Frame(String type, Json data) {
    this(type, data, List.of(), false);
  }
}

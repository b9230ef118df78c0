package dev.freshet.application;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An answer: status, headers of its own, and a body.
 *
 * @param body JSON
 * @param content in place of JSON
 */
public record Reply(
    int status, Map<String, String> headers, Optional<JsonNode> body, Optional<Content> content) {
  /**
   * Bytes of any kind.
   *
   * @param bytes shared, not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // contents are sent, not compared
  public record Content(String mediaType, byte[] bytes) {}

  public static Reply of(int status, JsonNode body) {
    return new Reply(status, Map.of(), Optional.of(body), Optional.empty());
  }

  public static Reply of(int status, Content content) {
    return new Reply(status, Map.of(), Optional.empty(), Optional.of(content));
  }

  public static Reply empty(int status) {
    return new Reply(status, Map.of(), Optional.empty(), Optional.empty());
  }

  public Reply with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Reply(status, all, body, content);
  }
}

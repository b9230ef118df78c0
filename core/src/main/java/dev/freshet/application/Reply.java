package dev.freshet.application;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** An answer: status, headers of its own, and JSON body. */
public record Reply(int status, Map<String, String> headers, Optional<JsonNode> body) {
  public static Reply of(int status, JsonNode body) {
    return new Reply(status, Map.of(), Optional.of(body));
  }

  public static Reply empty(int status) {
    return new Reply(status, Map.of(), Optional.empty());
  }

  public Reply with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Reply(status, all, body);
  }
}

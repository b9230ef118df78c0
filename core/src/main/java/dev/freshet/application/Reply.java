package dev.freshet.application;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** An answer: status and JSON body. */
public record Reply(int status, Optional<JsonNode> body) {
  public static Reply of(int status, JsonNode body) {
    return new Reply(status, Optional.of(body));
  }

  public static Reply empty(int status) {
    return new Reply(status, Optional.empty());
  }
}

package dev.freshet.server.api;

import dev.freshet.log.Batch;
import dev.freshet.server.problem.HttpProblem;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Under which key a batch is remembered (L3). Those of headers and those of CloudEvents never meet.
 */
final class IdempotencyKeys {
  private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,128}");

  private IdempotencyKeys() {}

  /**
   * @param cloudEvent whose source and id are the key where the header is not there
   */
  static Optional<String> of(Request request, Optional<JsonNode> cloudEvent) {
    Optional<String> header = request.header("idempotency-key");
    header
        .filter(k -> !PRINTABLE.matcher(k).matches())
        .ifPresent(k -> {
          throw HttpProblem.invalid(
              "header",
              "Idempotency-Key",
              "has " + k.length() + " characters; it must be 1 to 128 printable ASCII ones");
        });
    return header.map(k -> "h:" + k).or(() -> cloudEvent.map(IdempotencyKeys::key));
  }

  private static String key(JsonNode cloudEvent) {
    String source = cloudEvent.path("source").asString();
    String key = "c:" + source.length() + ":" + source + ":" + cloudEvent.path("id").asString();
    if (key.length() <= Batch.MAX_KEY_LENGTH) return key;
    return "u:" + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
  }
}

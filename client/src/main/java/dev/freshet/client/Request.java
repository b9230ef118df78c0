package dev.freshet.client;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One request that is not a stream; immutable.
 *
 * @param repeatable whether it may be sent again although the first may have been carried out
 */
record Request(
    String method,
    String target,
    Map<String, String> headers,
    @Nullable JsonNode body,
    boolean repeatable) {

  static Request of(String method, String target) {
    return new Request(method, target, Map.of("Accept", "application/json"), null, true);
  }

  Request header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Request(method, target, more, body, repeatable);
  }

  Request body(String contentType, @Nullable Object json) {
    return new Request(method, target, headers, Json.tree(json), repeatable)
        .header("Content-Type", contentType);
  }

  Request repeatable(boolean may) {
    return new Request(method, target, headers, body, may);
  }

  BodyPublisher publisher() {
    return body == null
        ? BodyPublishers.noBody()
        : BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body));
  }
}

package dev.freshet.server.api;

import dev.freshet.access.Principal;
import dev.freshet.server.auth.Authenticator.Authenticated;
import dev.freshet.server.http.RequestHead;
import dev.freshet.server.openapi.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request that was let in and is valid by its route's description.
 *
 * @param path path parameters, decoded
 * @param query query parameters, decoded, in order
 * @param json the body; null if there is none
 * @param who null on routes that need no token
 */
record Request(
    RequestHead head,
    Map<String, String> path,
    Map<String, List<String>> query,
    @Nullable JsonNode json,
    @Nullable Authenticated who) {

  Authenticated authenticated() {
    if (who == null)
      throw new IllegalStateException("the route needs no token, but its handler asks who it is");
    return who;
  }

  Principal principal() {
    return authenticated().principal();
  }

  JsonNode body() {
    if (json == null)
      throw new IllegalStateException("the route needs no body, but its handler reads one");
    return json;
  }

  String pathParameter(String name) {
    String value = path.get(name);
    if (value == null) throw new IllegalArgumentException("no path parameter '" + name + "'");
    return value;
  }

  Optional<String> queryParameter(String name) {
    return query.getOrDefault(name, List.of()).stream().findFirst();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(head.headers().get(name));
  }

  String mediaType() {
    return header("content-type").map(MediaType::of).orElse("");
  }
}

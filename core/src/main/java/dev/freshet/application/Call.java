package dev.freshet.application;

import dev.freshet.Tenant;
import dev.freshet.access.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * One request, already authenticated and valid by the OpenAPI description.
 *
 * @param path path parameters, decoded
 * @param query query parameters, decoded, in order
 * @param header a header of the request by its name, whatever its case; {@code Authorization} is
 *     the token that let the caller in, also where a cookie brought it
 * @param body the JSON body
 */
public record Call(
    Tenant tenant,
    Principal principal,
    Map<String, String> path,
    Map<String, List<String>> query,
    Function<String, Optional<String>> header,
    Optional<JsonNode> body) {
  /** A path parameter that the description declares. */
  public String pathParameter(String name) {
    String value = path.get(name);
    if (value == null) throw new IllegalArgumentException("no path parameter '" + name + "'");
    return value;
  }

  public Optional<String> queryParameter(String name) {
    return query.getOrDefault(name, List.of()).stream().findFirst();
  }

  public Optional<String> header(String name) {
    return header.apply(name);
  }
}

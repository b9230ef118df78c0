package dev.freshet.application;

import dev.freshet.Tenant;
import dev.freshet.access.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One request, already authenticated and valid by the OpenAPI description.
 *
 * @param path path parameters, decoded
 * @param query query parameters, decoded, in order
 * @param body the JSON body
 */
public record Call(
    Tenant tenant,
    Principal principal,
    Map<String, String> path,
    Map<String, List<String>> query,
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
}

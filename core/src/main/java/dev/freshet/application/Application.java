package dev.freshet.application;

import dev.freshet.Freshet;
import dev.freshet.event.TopicPattern;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Topics, types and routes that belong together, contributed to a server. The server routes and
 * validates by the OpenAPI description, and calls the operation or the feed that has the route's
 * {@code operationId}; each route of the description has exactly one of the two.
 */
public interface Application {
  /** One lower-case word. */
  String name();

  /** An OpenAPI 3.1 document, JSON or YAML, of this application's routes. */
  URL openApi();

  /** By {@code operationId}: what answers a request. */
  Map<String, Operation> operations();

  /** By {@code operationId}: what is streamed. */
  Map<String, Feed> feeds();

  /**
   * Topics that nobody but this application writes: the native API refuses to publish to them or to
   * change their states (409 {@code topic_owned}). Reading them is a matter of grants.
   */
  default List<TopicPattern> owned() {
    return List.of();
  }

  /**
   * Begins what this application does by itself, on threads of its own; called before the first
   * request of a server. What it finds in the store may be from another life of the server.
   */
  default void start(Freshet freshet) {}

  /**
   * What there is to tell of this application, each under a name of its own, to the administrators
   * of a tenant.
   */
  default Map<String, Summary> summaries() {
    return Map.of();
  }

  /** What the server's metrics are to show of this application. */
  default List<Measure> measures() {
    return List.of();
  }

  /**
   * Takes what the server and its applications tell of themselves, by name; called before the first
   * request of a server, also where {@link #start} was called before.
   */
  default void observe(Map<String, Summary> summaries) {}

  /** Ends what {@link #start} began; called after the last request and stream. */
  default void stop() {}

  /**
   * This application's own body for an error, where its users expect another than problem+json;
   * empty: problem+json.
   */
  default Optional<JsonNode> problemBody(Problem problem) {
    return Optional.empty();
  }
}

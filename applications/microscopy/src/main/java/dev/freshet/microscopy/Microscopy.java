package dev.freshet.microscopy;

import dev.freshet.application.Application;
import dev.freshet.application.Feed;
import dev.freshet.application.Operation;
import dev.freshet.application.Problem;
import java.net.URL;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Microscope sessions under the paths and bodies of the SmartEM API: agents report acquisitions,
 * grids, grid squares, foil holes and micrographs; operators watch the counters (PROTOCOL §8). What
 * is kept where is told in {@code docs/guides/microscopy.md}. Thread-safe.
 */
public final class Microscopy implements Application {
  private static final String STREAM = "GET /frontend/events/stream";

  private final Map<String, Operation> operations;
  private final Map<String, Feed> feeds;

  public Microscopy() {
    ApiDocument api = ApiDocument.load();
    operations = Map.copyOf(new Routes(api).operations());
    feeds = Map.of(api.operationId(STREAM), new FrontendFeed());
  }

  @Override
  public String name() {
    return "microscopy";
  }

  @Override
  public URL openApi() {
    return ApiDocument.LOCATION;
  }

  @Override
  public Map<String, Operation> operations() {
    return operations;
  }

  @Override
  public Map<String, Feed> feeds() {
    return feeds;
  }

  /**
   * Where SmartEM's document describes a body; elsewhere problem+json has a {@code detail} as well.
   */
  @Override
  public Optional<JsonNode> problemBody(Problem problem) {
    return switch (problem.status()) {
      case 404, 409, 422 -> Optional.of(ErrorBody.of(problem));
      default -> Optional.empty();
    };
  }
}

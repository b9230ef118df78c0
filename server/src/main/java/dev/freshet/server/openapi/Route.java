package dev.freshet.server.openapi;

import java.util.List;

/**
 * One operation as its document describes it.
 *
 * @param application the document's name
 * @param operationId what a handler is found by
 * @param secured whether it needs a token
 */
public record Route(
    String application,
    String operationId,
    String method,
    String template,
    boolean secured,
    List<Parameter> parameters,
    Body body) {
  public Route {
    parameters = List.copyOf(parameters);
  }

  /** Whether its last parameter stands for any number of segments. */
  public boolean open() {
    return parameters.stream().anyMatch(Parameter::rest);
  }
}

package dev.freshet.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One request that an agent makes: a route of the SmartEM API and its body.
 *
 * @param at beam time since the session began
 * @param path from {@code /}, with its query
 */
public record Report(
    Duration at, Subject subject, String method, String path, @Nullable JsonNode body)
    implements Step {
  /** The same at another time. */
  Report at(Duration newAt) {
    return new Report(newAt, subject, method, path, body);
  }
}

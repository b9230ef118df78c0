package dev.freshet.server.api;

import dev.freshet.server.http.Answer;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** {@code /health/live} and {@code /health/ready} (PROTOCOL §9). */
final class Health {
  private final BooleanSupplier draining;
  private final BooleanSupplier writable;

  Health(BooleanSupplier draining, BooleanSupplier writable) {
    this.draining = draining;
    this.writable = writable;
  }

  Answer live(Request request) {
    return Answer.json(200, Map.of("status", "live"));
  }

  Answer ready(Request request) {
    if (draining.getAsBoolean())
      throw HttpProblem.of(ErrorCode.DRAINING, "the server is shutting down; use another");
    if (!writable.getAsBoolean())
      throw HttpProblem.of(ErrorCode.STORAGE_FAILED, "the store cannot write; see the log");
    return Answer.json(200, Map.of("status", "ready"));
  }
}

package dev.freshet.server.api;

import dev.freshet.log.LogException;
import dev.freshet.server.http.Answer;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** {@code /health/live} and {@code /health/ready} (PROTOCOL §9). */
final class Health {
  private final BooleanSupplier draining;
  private final Supplier<Optional<LogException>> store;

  Health(BooleanSupplier draining, Supplier<Optional<LogException>> store) {
    this.draining = draining;
    this.store = store;
  }

  Answer live(Request request) {
    return Answer.json(200, Map.of("status", "live"));
  }

  Answer ready(Request request) {
    if (draining.getAsBoolean())
      throw HttpProblem.of(ErrorCode.DRAINING, "the server is shutting down; use another");
    store.get().ifPresent(Health::refuse);
    return Answer.json(200, Map.of("status", "ready"));
  }

  private static void refuse(LogException failure) {
    throw failure instanceof LogException.StorageFull
        ? HttpProblem.of(ErrorCode.STORAGE_FULL, "the store has no room; make some")
        : HttpProblem.of(ErrorCode.STORAGE_FAILED, "the store cannot write; see the log");
  }
}

package dev.freshet.server.problem;

import static dev.freshet.server.problem.ErrorCode.EVENT_TOO_LARGE;
import static dev.freshet.server.problem.ErrorCode.INTERNAL;
import static dev.freshet.server.problem.ErrorCode.INVALID_PATTERN;
import static dev.freshet.server.problem.ErrorCode.INVALID_TOPIC;
import static dev.freshet.server.problem.ErrorCode.INVALID_TYPE;
import static dev.freshet.server.problem.ErrorCode.OVERLOADED;
import static dev.freshet.server.problem.ErrorCode.PATCH_FAILED;
import static dev.freshet.server.problem.ErrorCode.SNAPSHOT_TOO_LARGE;
import static dev.freshet.server.problem.ErrorCode.STATE_NOT_FOUND;
import static dev.freshet.server.problem.ErrorCode.STORAGE_FAILED;
import static dev.freshet.server.problem.ErrorCode.STORAGE_FULL;
import static dev.freshet.server.problem.ErrorCode.TOPIC_ENDED;
import static dev.freshet.server.problem.ErrorCode.VERSION_MISMATCH;

import dev.freshet.event.InvalidTopicException;
import dev.freshet.event.InvalidTypeException;
import dev.freshet.log.LogException;
import dev.freshet.state.PatchException;
import dev.freshet.state.StateException;
import dev.freshet.view.SnapshotTooLargeException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an exception means to the client. What nobody expected is logged under a number that the
 * client gets too (R4).
 */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final Duration STORAGE_RETRY = Duration.ofSeconds(5);

  private Problems() {}

  public static HttpProblem from(Throwable failure) {
    return switch (failure) {
      case HttpProblem problem -> problem;
      case LogException problem -> from(problem);
      case InvalidTopicException e ->
          HttpProblem.of(e.pattern() ? INVALID_PATTERN : INVALID_TOPIC, message(e));
      case StateException problem -> from(problem);
      case PatchException e -> patch(e);
      case SnapshotTooLargeException e ->
          HttpProblem.of(e.retryable() ? OVERLOADED : SNAPSHOT_TOO_LARGE, message(e));
      case InvalidTypeException e -> HttpProblem.of(INVALID_TYPE, message(e));
      case InterruptedException e ->
          HttpProblem.of(ErrorCode.DRAINING, "the server is shutting down; try again");
      default -> unexpected(failure);
    };
  }

  private static HttpProblem from(LogException failure) {
    return switch (failure) {
      case LogException.VersionConflict e ->
          HttpProblem.of(VERSION_MISMATCH, message(e)).with("current", e.current());
      case LogException.TopicEnded e -> HttpProblem.of(TOPIC_ENDED, message(e));
      case LogException.StorageFull e -> storage(STORAGE_FULL, e);
      case LogException.StorageFailed e -> storage(STORAGE_FAILED, e);
      case LogException.Closed e ->
          HttpProblem.of(ErrorCode.DRAINING, "the server is shutting down; try again");
      case LogException.Truncated e -> unexpected(e);
    };
  }

  private static HttpProblem from(StateException failure) {
    return switch (failure) {
      case StateException.PreconditionFailed e ->
          HttpProblem.of(VERSION_MISMATCH, message(e)).with("current", e.current());
      case StateException.StateMissing e -> HttpProblem.of(STATE_NOT_FOUND, message(e));
      case StateException.ValueTooLarge e ->
          HttpProblem.of(EVENT_TOO_LARGE, message(e)).bound(e.limit(), e.bytes());
      case StateException.ValueInvalid e -> HttpProblem.invalid("body", "", message(e));
      case StateException.Contended e -> HttpProblem.of(OVERLOADED, message(e));
    };
  }

  private static HttpProblem patch(PatchException failure) {
    String at = failure.operation() < 0 ? "" : "/" + failure.operation();
    return switch (failure.kind()) {
      case INVALID -> HttpProblem.invalid("body", at, message(failure));
      case FAILED ->
          HttpProblem.of(PATCH_FAILED, message(failure)).with("pointer", failure.pointer());
    };
  }

  private static HttpProblem storage(ErrorCode code, LogException failure) {
    // The store says it once, when it begins; here it would be said for every write.
    LOG.debug("{}: {}", code.wire(), failure.getMessage());
    String detail =
        code == STORAGE_FULL
            ? "the store has no room; nothing was stored; try again when the operator has made some"
            : "the store failed and it is not known whether this was stored; repeat it with an Idempotency-Key";
    return HttpProblem.of(code, detail).retryAfter(STORAGE_RETRY);
  }

  private static HttpProblem unexpected(Throwable failure) {
    String incident = Long.toHexString(ThreadLocalRandom.current().nextLong());
    LOG.error("incident {}", incident, failure);
    return HttpProblem.of(
        INTERNAL, "the server failed; its log says why under incident " + incident);
  }

  private static String message(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }
}

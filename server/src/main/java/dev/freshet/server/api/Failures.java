package dev.freshet.server.api;

import dev.freshet.application.Problem;
import dev.freshet.application.ProblemException;
import dev.freshet.server.auth.AuthException;
import dev.freshet.server.http.Answer;
import dev.freshet.server.metrics.ServerMetrics;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import dev.freshet.server.problem.ProblemJson;
import dev.freshet.server.problem.Problems;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Failures as answers, each counted. */
final class Failures {
  /** Statuses of problems that pass. */
  private static final Set<Integer> PASSING = Set.of(429, 503);

  /** When to try again after a problem of an application's own, in seconds. */
  private static final String RETRY = "5";

  private final ServerMetrics metrics;

  Failures(ServerMetrics metrics) {
    this.metrics = metrics;
  }

  /**
   * @param mount whose route failed, for its own form of errors; null if it was none's
   */
  Answer answer(Throwable failure, @Nullable Mount mount) {
    if (failure instanceof ProblemException own) return own(own.problem(), mount);
    if (failure instanceof AuthException refused) metrics.refused(refused.refusal());
    HttpProblem problem =
        failure instanceof AuthException refused ? refused.problem() : Problems.from(failure);
    ErrorCode code = problem.code();
    metrics.problem(code.wire());
    Answer answer = Answer.problem(problem);
    Problem plain = new Problem(code.status(), code.wire(), problem.detail(), problem.errors());
    return body(plain, mount).map(body -> replaced(answer, body)).orElse(answer);
  }

  private Answer own(Problem problem, @Nullable Mount mount) {
    metrics.problem(problem.code());
    Answer answer =
        body(problem, mount)
            .map(body -> Answer.json(problem.status(), body))
            .orElseGet(
                () -> Answer.of(problem.status(), ProblemJson.MEDIA_TYPE, ProblemJson.of(problem)));
    return PASSING.contains(problem.status()) ? answer.with("retry-after", RETRY) : answer;
  }

  private static Optional<JsonNode> body(Problem problem, @Nullable Mount mount) {
    return mount == null ? Optional.empty() : mount.problemBody().apply(problem);
  }

  /** The answer with another body; what its headers say of retrying stays. */
  private static Answer replaced(Answer answer, JsonNode body) {
    Answer other = Answer.json(answer.status(), body);
    for (var header : answer.headers()) {
      if (!header.getKey().equals("content-type"))
        other = other.with(header.getKey(), header.getValue());
    }
    return other;
  }
}

package dev.freshet.server.api;

import dev.freshet.server.auth.Authenticator;
import dev.freshet.server.auth.Origins;
import dev.freshet.server.http.Answer;
import dev.freshet.server.http.Exchange;
import dev.freshet.server.http.OpenStream;
import dev.freshet.server.http.Outcome;
import dev.freshet.server.http.RequestHead;
import dev.freshet.server.limits.InFlight;
import dev.freshet.server.limits.Rates;
import dev.freshet.server.metrics.ServerMetrics;
import dev.freshet.server.openapi.Match;
import dev.freshet.server.openapi.Percent;
import dev.freshet.server.openapi.Router;
import dev.freshet.server.openapi.Validator;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Takes a request from its head to its outcome: origin, route, token, rate, description, handler.
 * Thread-safe.
 */
public final class Dispatcher implements Exchange {
  private final Map<String, Mount> mounts;
  private final Router router;
  private final Authenticator authenticator;
  private final Origins origins;
  private final Rates rates;
  private final InFlight inFlight;
  private final ServerMetrics metrics;
  private final Failures failures;
  private final Handler unknown;

  /**
   * @param unknown answers GET of what no document describes
   */
  Dispatcher(
      List<Mount> mounts,
      Authenticator authenticator,
      Origins origins,
      Rates rates,
      InFlight inFlight,
      ServerMetrics metrics,
      Handler unknown) {
    this.mounts = mounts.stream().collect(Collectors.toMap(m -> m.document().name(), m -> m));
    this.router = new Router(mounts.stream().flatMap(m -> m.document().routes().stream()).toList());
    this.authenticator = authenticator;
    this.origins = origins;
    this.rates = rates;
    this.inFlight = inFlight;
    this.metrics = metrics;
    this.failures = new Failures(metrics);
    this.unknown = unknown;
  }

  @Override
  public Outcome answer(RequestHead head, byte[] body) {
    Attempt attempt = new Attempt(head, body);
    long begin = System.nanoTime();
    Outcome outcome = attempt.run();
    if (outcome instanceof Answer answer) {
      metrics.request(attempt.operation(), answer.status(), System.nanoTime() - begin);
    }
    return Decoration.of(outcome, origins.headers(head.headers()));
  }

  @Override
  public Answer refuse(HttpProblem problem) {
    return (Answer) Decoration.of(failures.answer(problem, null), List.of());
  }

  /** One request on its way. */
  private final class Attempt {
    private final RequestHead head;
    private final byte[] body;
    private @Nullable Mount mount;
    private String operation = "none";

    Attempt(RequestHead head, byte[] body) {
      this.head = head;
      this.body = body;
    }

    String operation() {
      return operation;
    }

    /**
     * Everything that is thrown becomes an answer: a connection without one would wait for ever.
     */
    Outcome run() {
      try {
        inFlight.enter();
      } catch (HttpProblem busy) {
        return failures.answer(busy, null);
      }
      try {
        if (Origins.preflight(head.method(), head.headers())) return preflight();
        Map<String, List<String>> query = Percent.query(head.query());
        Authenticator.refuseTokens(query);
        String method = head.method().equals("HEAD") ? "GET" : head.method();
        return switch (router.match(method, head.path())) {
          case Match.Found found -> found(found, query);
          case Match.WrongMethod wrong -> wrongMethod(wrong.allowed());
          case Match.Unknown nothing -> unknown(method, query);
        };
      } catch (Throwable failure) {
        return failures.answer(failure, mount);
      } finally {
        inFlight.leave();
      }
    }

    private Answer preflight() {
      Answer answer = Answer.empty(204);
      for (var header : origins.permissions(head.headers()))
        answer = answer.with(header.getKey(), header.getValue());
      return answer;
    }

    private Outcome found(Match.Found found, Map<String, List<String>> query) throws Exception {
      mount = Objects.requireNonNull(mounts.get(found.route().application()));
      operation = found.route().operationId();
      Authenticator.@Nullable Authenticated who = null;
      if (found.route().secured()) {
        who = authenticator.authenticate(head.method(), head.headers());
        rates.take(who.principal(), 1);
      }
      JsonNode json = Validator.check(found, query, head.headers()::get, body);
      Outcome outcome =
          mount.handler(found.route()).handle(new Request(head, found.path(), query, json, who));
      if (!(outcome instanceof OpenStream open) || !head.method().equals("HEAD")) return outcome;
      open.stream().discard();
      return Answer.of(200, "text/event-stream; charset=utf-8", new byte[0]);
    }

    private Answer wrongMethod(Set<String> allowed) {
      Set<String> all = new TreeSet<>(allowed);
      all.add("OPTIONS");
      if (all.contains("GET")) all.add("HEAD");
      String allow = String.join(", ", all);
      if (head.method().equals("OPTIONS")) return Answer.empty(204).with("allow", allow);
      HttpProblem problem =
          HttpProblem.of(
              ErrorCode.METHOD_NOT_ALLOWED, "this path takes " + allow + ", not " + head.method());
      return failures.answer(problem, null).with("allow", allow);
    }

    private Outcome unknown(String method, Map<String, List<String>> query) throws Exception {
      if (method.equals("GET"))
        return unknown.handle(new Request(head, Map.of(), query, null, null));
      throw HttpProblem.of(
          ErrorCode.NOT_FOUND, "there is nothing at this path; /openapi.json lists what there is");
    }
  }
}

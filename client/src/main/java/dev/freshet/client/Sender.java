package dev.freshet.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request until it has an answer that time will not heal, or patience ends. Thread-safe.
 *
 * @param patience how long after the first try another one may begin
 */
record Sender(
    Transport transport, Backoff backoff, Duration patience, Time time, RandomGenerator random) {

  /**
   * @return a 2xx answer, or 304
   * @throws ProblemException for any other
   * @throws UncheckedIOException if there was none
   */
  HttpResponse<byte[]> send(Request request) throws InterruptedException {
    long giveUpAt = time.after(patience);
    Backoff now = backoff;
    while (true) {
      Outcome outcome = attempt(request);
      if (outcome instanceof Outcome.Answer answer) return answer.response();
      Duration delay = longer(now.delay(random), outcome.atLeast());
      if (!outcome.retryable(request) || time.after(delay) > giveUpAt) {
        throw outcome.failure(request);
      }
      time.sleep(delay);
      now = now.next();
    }
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private Outcome attempt(Request request) throws InterruptedException {
    try {
      String token = transport.token();
      HttpResponse<byte[]> response = once(request, token);
      String fresh = response.statusCode() == 401 ? transport.refreshed(token) : null;
      return outcome(fresh == null ? response : once(request, fresh));
    } catch (IOException e) {
      return new Outcome.Lost(e);
    }
  }

  private HttpResponse<byte[]> once(Request request, @Nullable String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder http = transport.request(request.target(), token);
    request.headers().forEach(http::header);
    return transport.send(http.method(request.method(), request.publisher()));
  }

  private static Outcome outcome(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    return status / 100 == 2 || status == 304
        ? new Outcome.Answer(response)
        : new Outcome.Refused(ProblemException.of(status, response.headers(), response.body()));
  }

  private sealed interface Outcome {
    record Answer(HttpResponse<byte[]> response) implements Outcome {}

    record Refused(ProblemException problem) implements Outcome {}

    record Lost(IOException why) implements Outcome {}

    default Duration atLeast() {
      return this instanceof Refused refused
          ? refused.problem().retryAfter().orElse(Duration.ZERO)
          : Duration.ZERO;
    }

    /** A request that must not be carried out twice is repeated only if it was not carried out. */
    default boolean retryable(Request request) {
      return switch (this) {
        case Answer answer -> false;
        case Refused(var problem) ->
            problem.retryable() && (request.repeatable() || turnedAway(problem.status()));
        case Lost(var why) ->
            request.repeatable()
                || why instanceof ConnectException
                || why instanceof HttpConnectTimeoutException;
      };
    }

    private static boolean turnedAway(int status) {
      return status == 408 || status == 429 || status == 503;
    }

    default RuntimeException failure(Request request) {
      return switch (this) {
        case Answer answer -> throw new IllegalStateException("an answer is no failure");
        case Refused(var problem) -> problem;
        case Lost(var why) ->
            new UncheckedIOException(
                "no answer to " + request.method() + " " + request.target() + ": " + why, why);
      };
    }
  }
}

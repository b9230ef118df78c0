package dev.freshet.server.http;

import dev.freshet.server.config.LimitsConfig;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/** What is wrong with a request's head, before anything else is asked of it. */
final class HeadCheck {
  private final LimitsConfig limits;

  HeadCheck(LimitsConfig limits) {
    this.limits = limits;
  }

  /**
   * @throws HttpProblem if the head cannot be used
   */
  void check(HttpRequest head) {
    if (head.decoderResult().isFailure()) throw failure(head.decoderResult().cause());
    int count = head.headers().size();
    if (count > limits.headerCount()) {
      throw HttpProblem.of(
              ErrorCode.HEADER_TOO_LARGE,
              count
                  + " headers; at most "
                  + limits.headerCount()
                  + " are taken (limits.header-count)")
          .bound(limits.headerCount(), count);
    }
    if (!head.uri().startsWith("/") && !head.uri().equals("*"))
      throw bad("the request's target is not a path");
    boolean http11 = head.protocolVersion().equals(HttpVersion.HTTP_1_1);
    if (http11 && head.headers().getAll(HttpHeaderNames.HOST).size() != 1) {
      throw bad("a request of HTTP/1.1 has exactly one Host header");
    }
    if (!http11 && !head.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      throw bad("HTTP/1.1 and HTTP/1.0 are spoken here");
    }
  }

  private HttpProblem failure(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException e ->
          tooLarge("the request's first line", limits.url().bytes(), "limits.url");
      case TooLongHttpHeaderException e ->
          tooLarge("the request's headers", limits.headers().bytes(), "limits.headers");
      default -> bad("the request is not well-formed HTTP/1.1");
    };
  }

  private static HttpProblem tooLarge(String what, long limit, String key) {
    return HttpProblem.of(
            ErrorCode.HEADER_TOO_LARGE,
            what + " have more than " + limit + " bytes (" + key + "); send less")
        .with("limit", limit);
  }

  private static HttpProblem bad(String detail) {
    return HttpProblem.of(ErrorCode.BAD_REQUEST, detail);
  }
}

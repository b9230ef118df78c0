package dev.freshet.server.problem;

import dev.freshet.application.Problem.Invalid;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends a request with an {@link ErrorCode}. The detail names the value, the bound and the remedy;
 * it is shown to the client as it is. Immutable; carries no stack trace.
 */
public final class HttpProblem extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final Duration SOON = Duration.ofSeconds(1);

  private final ErrorCode code;
  private final transient Map<String, Object> members;
  private final transient List<Invalid> errors;
  private final Duration retryAfter;

  private HttpProblem(
      ErrorCode code,
      String detail,
      Map<String, Object> members,
      List<Invalid> errors,
      Duration retryAfter) {
    super(detail, null, false, false);
    this.code = code;
    this.members = members;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
  }

  public static HttpProblem of(ErrorCode code, String detail) {
    return new HttpProblem(code, detail, Map.of(), List.of(), SOON);
  }

  /** {@code invalid_request}, with every place that is wrong. */
  public static HttpProblem invalid(List<Invalid> errors) {
    Invalid first = errors.getFirst();
    String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
    boolean whole = first.in().equals("body") && first.pointer().isEmpty();
    String where = whole ? "the body" : first.in() + " '" + first.pointer() + "'";
    String detail = where + " " + first.detail() + more;
    return new HttpProblem(ErrorCode.INVALID_REQUEST, detail, Map.of(), errors, SOON);
  }

  public static HttpProblem invalid(String in, String pointer, String detail) {
    return invalid(List.of(new Invalid(in, pointer, detail)));
  }

  /** With a further member of the body: {@code limit}, {@code value}, {@code current}. */
  public HttpProblem with(String member, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(members);
    all.put(member, value);
    return new HttpProblem(code, detail(), all, errors, retryAfter);
  }

  /** With the bound that was passed and the value that passed it. */
  public HttpProblem bound(long limit, long value) {
    return with("limit", limit).with("value", value);
  }

  public HttpProblem retryAfter(Duration delay) {
    return new HttpProblem(code, detail(), members, errors, delay);
  }

  public ErrorCode code() {
    return code;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public Map<String, Object> members() {
    return members;
  }

  public List<Invalid> errors() {
    return errors;
  }

  /** Whole seconds, at least one, for {@code Retry-After}. */
  public long retryAfterSeconds() {
    return Math.max(1, retryAfter.plusMillis(999).toSeconds());
  }
}

package dev.freshet.client;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The server said no, or said what the protocol does not allow (PROTOCOL §7). What time may heal
 * was tried again before this is thrown.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final String detail;
  private final transient @Nullable Duration retryAfter;
  private final transient @Nullable JsonNode document;

  private ProblemException(
      int status,
      String code,
      String detail,
      @Nullable Duration retryAfter,
      @Nullable JsonNode document) {
    super(detail.isEmpty() ? code : code + ": " + detail);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.retryAfter = retryAfter;
    this.document = document;
  }

  /** A problem that the client found itself, in an answer with this status. */
  static ProblemException local(int status, String code, String detail) {
    return new ProblemException(status, code, detail, null, null);
  }

  /** The problem of an answer; one without a problem document has the code {@code http_STATUS}. */
  static ProblemException of(int status, HttpHeaders headers, byte[] body) {
    JsonNode read = Json.readable(body);
    JsonNode document = read != null && read.isObject() ? read : null;
    return new ProblemException(
        status,
        text(document, "code", "http_" + status),
        text(document, "detail", text(document, "title", "")),
        RetryAfter.read(headers),
        document);
  }

  private static String text(@Nullable JsonNode document, String member, String otherwise) {
    return document == null ? otherwise : document.path(member).asString(otherwise);
  }

  public int status() {
    return status;
  }

  /** The stable code that programs may branch on. */
  public String code() {
    return code;
  }

  /** The value, the bound and the remedy, for people; may be empty. */
  public String detail() {
    return detail;
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** The whole document with members such as {@code current}, {@code limit} and {@code errors}. */
  public Optional<JsonNode> document() {
    return Optional.ofNullable(document);
  }

  /** Whether the same request may succeed later (PROTOCOL §2.5). */
  public boolean retryable() {
    return status == 408 || status == 429 || status >= 500;
  }
}

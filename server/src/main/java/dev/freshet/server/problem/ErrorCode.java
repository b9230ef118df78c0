package dev.freshet.server.problem;

import java.util.Locale;

/** The stable codes of PROTOCOL §7; {@link #wire()} is what stands in {@code code}. */
public enum ErrorCode {
  MALFORMED_JSON(400, "The body is not JSON"),
  TOKEN_IN_URL(400, "A token may not be in a URL"),
  BAD_REQUEST(400, "The request is not HTTP as this server speaks it"),
  UNAUTHENTICATED(401, "A token is needed"),
  TOKEN_INVALID(401, "The token is not valid"),
  TOKEN_EXPIRED(401, "The token has expired"),
  TOKEN_REVOKED(401, "The token was revoked"),
  FORBIDDEN(403, "Not permitted"),
  ORIGIN_REFUSED(403, "This origin may not write with a cookie"),
  NOT_FOUND(404, "Nothing is here"),
  STATE_NOT_FOUND(404, "The topic holds no state"),
  METHOD_NOT_ALLOWED(405, "The method is not for this path"),
  NOT_ACCEPTABLE(406, "No such representation"),
  REQUEST_TIMEOUT(408, true, "The request took too long to arrive"),
  TOPIC_ENDED(409, "The topic has ended"),
  TOPIC_OWNED(409, "The topic is written by an application"),
  PATCH_FAILED(409, "The patch does not apply"),
  VERSION_MISMATCH(412, "The state has another version"),
  BODY_TOO_LARGE(413, "The body is too large"),
  EVENT_TOO_LARGE(413, "The event is too large"),
  BATCH_TOO_LARGE(413, "The batch is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The content type is not supported"),
  INVALID_REQUEST(422, "The request is not valid"),
  INVALID_TOPIC(422, "Not a topic"),
  INVALID_PATTERN(422, "Not a topic pattern"),
  INVALID_TYPE(422, "Not an event type"),
  RESERVED_TYPE(422, "The event type is the protocol's own"),
  TOO_MANY_TOPICS(422, "Too many topics in one subscription"),
  SNAPSHOT_TOO_LARGE(422, "The snapshot is too large"),
  RATE_LIMITED(429, true, "Too much in too short a time"),
  TOO_MANY_CONNECTIONS(429, true, "Too many connections"),
  HEADER_TOO_LARGE(431, "The request's head is too large"),
  INTERNAL(500, true, "The server failed"),
  OVERLOADED(503, true, "The server is busy"),
  DRAINING(503, true, "The server is shutting down"),
  STORAGE_FULL(503, true, "The store has no room"),
  STORAGE_FAILED(503, true, "The store failed");

  private final int status;
  private final boolean retryable;
  private final String title;

  ErrorCode(int status, String title) {
    this(status, false, title);
  }

  ErrorCode(int status, boolean retryable, String title) {
    this.status = status;
    this.retryable = retryable;
    this.title = title;
  }

  public int status() {
    return status;
  }

  /** Whether the same request can succeed later; its answer carries {@code Retry-After}. */
  public boolean retryable() {
    return retryable;
  }

  public String title() {
    return title;
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.freshet.resource;

import java.time.Duration;

/** A load that failed, and how viewers are told. */
public final class LoadException extends Exception {
  private static final long serialVersionUID = 1;

  /** The code of a failure that says no other. */
  public static final String LOAD_FAILED = "load_failed";

  /** The code of a document that is not there, and was not before. */
  public static final String NOT_FOUND = "not_found";

  private final String code;
  private final Duration retryAfter;

  /**
   * @param code shown to viewers, who are told nothing else: a stable word
   * @param message for whoever runs the program
   */
  public LoadException(String code, String message) {
    this(code, message, Duration.ZERO);
  }

  /**
   * @param retryAfter it is not tried again sooner
   */
  public LoadException(String code, String message, Duration retryAfter) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  public String code() {
    return code;
  }

  public Duration retryAfter() {
    return retryAfter;
  }

  /** As it is, or a failure that says no more than that it is one. */
  static LoadException from(Exception failure) {
    if (failure instanceof LoadException own) return own;
    LoadException told = new LoadException(LOAD_FAILED, String.valueOf(failure.getMessage()));
    told.initCause(failure);
    return told;
  }
}

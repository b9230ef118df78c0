package dev.freshet.net;

/**
 * A connection that is not made, or not kept, for a reason that another attempt does not change.
 */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private final String code;

  public RefusedException(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** One word: {@code address_refused}, {@code tls_failed} and so on. */
  public String code() {
    return code;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}

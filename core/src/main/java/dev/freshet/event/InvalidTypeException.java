package dev.freshet.event;

/** A text that is not an event type; the message names the bound. */
public final class InvalidTypeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  InvalidTypeException(String message) {
    super(message);
  }
}

package dev.freshet.client;

/** An operation of a JSON Patch could not be applied. */
final class PatchFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PatchFailedException(String message) {
    super(message, null, false, false);
  }
}

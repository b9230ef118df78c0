package dev.freshet.client;

/** A known frame is not what the protocol says; the stream is dropped and resumed before it. */
final class MalformedFrameException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MalformedFrameException(String type, String needed) {
    super("a " + type + " frame needs " + needed, null, false, false);
  }
}

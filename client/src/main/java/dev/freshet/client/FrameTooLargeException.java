package dev.freshet.client;

/** A frame is larger than the subscription's bound (R1). Asking again would bring it again. */
final class FrameTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FrameTooLargeException(int maxBytes) {
    super("a frame exceeds " + maxBytes + " bytes; raise maxFrameBytes", null, false, false);
  }
}

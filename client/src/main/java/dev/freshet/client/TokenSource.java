package dev.freshet.client;

/**
 * Where the client gets the bearer token of each request (A4). Called on the thread that publishes
 * or pulls, by several at once if the client is shared; it may block, and what it throws comes out
 * of the call that needed the token.
 */
@FunctionalInterface
public interface TokenSource {
  /** The token to use now; from a source that caches, the cached one. */
  String token();

  /**
   * A token in place of one that the server refused or that expired (A2). From then on {@link
   * #token()} answers the fresh one too. A source that answers {@code refused} again has no other,
   * and the request fails.
   */
  default String refreshed(String refused) {
    return token();
  }

  static TokenSource of(String token) {
    return () -> token;
  }
}

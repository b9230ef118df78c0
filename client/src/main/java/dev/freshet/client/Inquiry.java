package dev.freshet.client;

import org.jspecify.annotations.Nullable;

/**
 * A question for a topic's current value.
 *
 * @param token with which it was asked last
 * @param refreshed whether a refused token was refreshed for it
 * @param due when to ask, in {@link Time#nanos()}
 */
record Inquiry(String topic, Backoff backoff, @Nullable String token, boolean refreshed, long due) {
  static Inquiry first(String topic, Backoff backoff) {
    return new Inquiry(topic, backoff, null, false, 0);
  }

  Inquiry asked(@Nullable String newToken) {
    return new Inquiry(topic, backoff, newToken, refreshed, due);
  }

  Inquiry again(long newDue) {
    return new Inquiry(topic, backoff.next(), token, refreshed, newDue);
  }

  Inquiry withFreshToken() {
    return new Inquiry(topic, backoff, token, true, 0);
  }
}

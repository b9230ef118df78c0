package dev.freshet.client;

/** What a subscription is doing; times are {@link Time#nanos()}. */
sealed interface Link {
  record Waiting(long until) implements Link {}

  /**
   * @param deadAt when a server that has not answered is taken for dead
   */
  record Calling(StreamCall call, long deadAt) implements Link {}

  record Reading(StreamCall call, ByteReader bytes) implements Link {}

  record Over() implements Link {}
}

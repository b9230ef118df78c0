package dev.freshet.server.http;

/** What becomes of a request: an answer, or a stream in its place. */
public sealed interface Outcome permits Answer, OpenStream {}

package dev.freshet.server.api;

import dev.freshet.server.http.Outcome;

/** Answers the requests of one operation. Called on a virtual thread; may block. */
@FunctionalInterface
interface Handler {
  /**
   * @throws Exception to answer with a problem
   */
  Outcome handle(Request request) throws Exception;
}

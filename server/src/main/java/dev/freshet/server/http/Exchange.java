package dev.freshet.server.http;

import dev.freshet.server.problem.HttpProblem;

/** What answers requests. */
public interface Exchange {
  /** Answers a request. Called on a virtual thread, may block; does not throw. */
  Outcome answer(RequestHead head, byte[] body);

  /** The answer to what never became a request. Called on an event loop, does not block. */
  Answer refuse(HttpProblem problem);
}

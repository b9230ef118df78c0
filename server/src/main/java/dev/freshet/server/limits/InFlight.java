package dev.freshet.server.limits;

import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the requests that are worked on at once; those that wait do not count (R1). Thread-safe.
 */
public final class InFlight {
  private final int limit;
  private final AtomicInteger now = new AtomicInteger();

  public InFlight(int limit) {
    this.limit = limit;
  }

  /**
   * Takes a place; {@link #leave} gives it back.
   *
   * @throws HttpProblem if there is none
   */
  public void enter() {
    if (now.incrementAndGet() <= limit) return;
    now.decrementAndGet();
    throw HttpProblem.of(
            ErrorCode.OVERLOADED,
            limit + " requests are being worked on already (limits.requests); try again")
        .with("limit", limit);
  }

  /** Takes a place in any case, as who has waited does. */
  public void resume() {
    now.incrementAndGet();
  }

  public void leave() {
    now.decrementAndGet();
  }
}

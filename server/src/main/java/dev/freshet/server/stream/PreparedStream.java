package dev.freshet.server.stream;

import dev.freshet.application.Attendant;
import dev.freshet.subscription.Opening;

/**
 * A stream that was admitted and prepared, and waits for its connection. Open it or discard it,
 * once.
 */
public final class PreparedStream {
  final StreamRequest request;
  final Opening opening;
  private final Admission admission;

  PreparedStream(StreamRequest request, Opening opening, Admission admission) {
    this.request = request;
    this.opening = opening;
    this.admission = admission;
  }

  /** Gives up what was prepared, because the connection has gone. */
  public void discard() {
    opening.discard();
    admission.leave(request.principal());
    request.selection().attendant().ifPresent(Attendant::discarded);
  }
}

package dev.freshet.microscopy;

import dev.freshet.application.Call;
import dev.freshet.application.Reply;
import java.util.List;

/**
 * Deletes entities with all that is under them, children first, a bounded number in each append and
 * the counters with them. What a crash leaves is a smaller tree that is in order; deleting again
 * goes on with it.
 */
final class Deletion {
  static final int CHUNK = 500;

  private final Gates gates;

  Deletion(Gates gates) {
    this.gates = gates;
  }

  Reply entity(Call call, Kind kind) {
    Request request = new Request(call);
    Place place = request.entities().finder().require(kind, request.uuid(kind));
    request.access().requireWrite(place);
    while (!gates.alone(call.tenant(), place, () -> step(request, place))) {
      // Others get in between.
    }
    return Reply.empty(204);
  }

  /** Deletes a part; true when nothing is left. */
  private static boolean step(Request request, Place top) {
    long version = request.entities().version(top.progress());
    if (request.entities().value(top.topic()).isMissingNode()) return true;
    List<Place> part = Tree.leavesFirst(request.tenant().log(), top, CHUNK);
    return Ledger.commit(
        request.tenant(),
        ledger -> {
          ledger.requireUnchanged(top, version);
          ledger.removeAll(part);
          return part.getLast().equals(top);
        });
  }
}

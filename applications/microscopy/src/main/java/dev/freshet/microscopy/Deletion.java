package dev.freshet.microscopy;

import dev.freshet.application.Call;
import dev.freshet.application.Reply;
import java.util.List;

/**
 * Deletes entities with all that is under them, and of an acquisition the sessions too: children
 * first, a bounded number in each append and the counters with them. What a crash leaves is a
 * smaller tree that is in order; deleting again goes on with it.
 */
final class Deletion {
  static final int CHUNK = 500;

  private final Gates gates;
  private final SessionEnd sessions;

  Deletion(Gates gates, SessionEnd sessions) {
    this.gates = gates;
    this.sessions = sessions;
  }

  Reply entity(Call call, Kind kind) {
    Request request = new Request(call);
    Place known = request.entities().finder().require(kind, request.uuid(kind));
    request.access().requireWrite(known);
    boolean done = false;
    while (!done) done = gates.alone(call.tenant(), known, () -> step(request, kind));
    return Reply.empty(204);
  }

  /** Deletes a part; true when nothing is left. Others may get in between, and move it too. */
  private boolean step(Request request, Kind kind) {
    Entities entities = request.entities();
    Place top = entities.finder().place(kind, request.uuid(kind)).orElse(null);
    if (top == null) return true;
    if (kind == Kind.ACQUISITION) sessions.removeAll(request.tenant(), top.uuid());
    Inventory inventory = Inventory.of(request.tenant().log(), top);
    List<Place> part = Tree.leavesFirst(request.tenant().log(), top, CHUNK);
    return Ledger.commit(
        request.tenant(),
        ledger -> {
          ledger.requireUnchanged(inventory);
          ledger.removeAll(part);
          return part.getLast().equals(top);
        });
  }
}

package dev.freshet.microscopy;

import dev.freshet.application.Call;
import tools.jackson.databind.node.ObjectNode;

/** Changes single entities. */
final class Edits {
  private final Gates gates;

  Edits(Gates gates) {
    this.gates = gates;
  }

  /**
   * Makes an entity's new value, also in place; may publish about it, or answer the value that it
   * has.
   */
  @FunctionalInterface
  interface Edit {
    ObjectNode apply(Ledger ledger, Entity entity);
  }

  /** Changes the entity that the path names, in one append. */
  Entity edit(Call call, Kind kind, Edit edit) {
    Request request = new Request(call);
    Place known = request.entities().finder().require(kind, request.uuid(kind));
    return gates.shared(
        call.tenant(),
        known,
        () -> Ledger.commit(call.tenant(), ledger -> apply(ledger, request, kind, edit)));
  }

  private static Entity apply(Ledger ledger, Request request, Kind kind, Edit edit) {
    Place place = ledger.finder().require(kind, request.uuid(kind));
    request.access().requireWrite(place);
    Entity before = ledger.entity(place);
    Entity after = new Entity(place, edit.apply(ledger, ledger.entity(place)));
    ledger.replace(before, after);
    return after;
  }
}

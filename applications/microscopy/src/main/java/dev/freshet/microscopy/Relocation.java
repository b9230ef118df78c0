package dev.freshet.microscopy;

import dev.freshet.application.Call;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes acquisitions, and takes one that names another instrument there with all that is under
 * it, in one append: who may read it hangs on the instrument. Agents often find out the instrument
 * only after the first grid squares.
 */
final class Relocation {
  /** Bounds what one append holds (R1). */
  static final int MAX_ENTITIES = 20_000;

  private final Gates gates;
  private final SessionMove sessions;

  Relocation(Gates gates, SessionMove sessions) {
    this.gates = gates;
    this.sessions = sessions;
  }

  Entity edit(Call call, Function<Entity, ObjectNode> edit) {
    Request request = new Request(call);
    Place known =
        request.entities().finder().require(Kind.ACQUISITION, request.uuid(Kind.ACQUISITION));
    return gates.alone(call.tenant(), known, () -> attempt(request, edit));
  }

  private Entity attempt(Request request, Function<Entity, ObjectNode> edit) {
    Entities entities = request.entities();
    Place from = entities.finder().require(Kind.ACQUISITION, request.uuid(Kind.ACQUISITION));
    request.access().requireWrite(from);
    Inventory inventory = Inventory.of(request.tenant().log(), from);
    Place to = Place.ofAcquisition(edit.apply(entities.entity(from)));
    List<Place> moving = to.equals(from) ? List.of() : moving(request, from, to);
    SessionMove.Plan plan =
        moving.isEmpty()
            ? SessionMove.Plan.NONE
            : sessions.plan(request, from, to, MAX_ENTITIES - moving.size());
    return Ledger.commit(
        request.tenant(),
        ledger -> {
          ledger.requireUnchanged(inventory);
          Entity before = ledger.entity(from);
          Entity after = new Entity(from, edit.apply(before));
          ledger.replace(before, after);
          if (!moving.isEmpty()) ledger.moveAll(moving, to);
          sessions.move(request.tenant(), ledger, plan, to);
          return after;
        });
  }

  private static List<Place> moving(Request request, Place from, Place to) {
    if (!request.access().writes(to)) throw Failures.forbidden(to.topic());
    List<Place> places = Tree.whole(request.tenant().log(), from, MAX_ENTITIES + 1);
    if (places.size() <= MAX_ENTITIES) return places;
    throw tooMany();
  }

  static RuntimeException tooMany() {
    return Failures.conflict(
        "an acquisition with more than "
            + MAX_ENTITIES
            + " entities stays at its instrument; delete it and begin anew");
  }
}

package dev.freshet.microscopy;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * New entities of one kind under one parent, which is looked up again at every attempt: it may have
 * moved or gone.
 *
 * @param uuid of the parent
 */
record Addition(Access access, Kind parentKind, String uuid, Kind kind, List<ObjectNode> values)
    implements Function<Ledger, List<ObjectNode>> {
  @Override
  public List<ObjectNode> apply(Ledger ledger) {
    Place parent = ledger.finder().require(parentKind, uuid);
    if (values.isEmpty()) access.requireWrite(parent);
    List<Entity> entities = values.stream().map(value -> entity(parent, value)).toList();
    for (Entity entity : entities) access.requireAdd(parent, entity.place());
    if (!entities.isEmpty()) ledger.addAll(parent, entities);
    return values;
  }

  private Entity entity(Place parent, ObjectNode value) {
    return new Entity(parent.child(kind, value.path("uuid").asString()), value);
  }
}

package dev.freshet.microscopy;

import java.util.List;
import java.util.function.Function;

/**
 * New entities under one parent, which is looked up again at every attempt: it may have moved or
 * gone.
 *
 * @param uuid of the parent
 */
record Addition(Access access, Kind parentKind, String uuid, List<Branch> branches)
    implements Function<Ledger, List<Entity>> {
  @Override
  public List<Entity> apply(Ledger ledger) {
    Place parent = ledger.finder().require(parentKind, uuid);
    if (branches.isEmpty()) access.requireWrite(parent);
    List<Entity> entities = branches.stream().flatMap(b -> b.entities(parent)).toList();
    for (Entity entity : entities) access.requireAdd(parent, entity.place());
    ledger.addAll(parent, entities);
    return entities;
  }
}

package dev.freshet.microscopy;

import dev.freshet.application.Call;
import dev.freshet.application.Reply;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code PUT}: gives entities what the request has; what it leaves out stays. */
final class Updating {
  private final Shapes shapes;
  private final Edits edits;
  private final Relocation relocation;

  Updating(Shapes shapes, Edits edits, Relocation relocation) {
    this.shapes = shapes;
    this.edits = edits;
    this.relocation = relocation;
  }

  Reply put(Call call, Kind kind) {
    JsonNode request = new Request(call).body();
    Entity after =
        kind == Kind.ACQUISITION
            ? relocation.edit(call, before -> updated(before, request))
            : edits.edit(call, kind, (ledger, before) -> updated(before, request));
    return Reply.of(200, new Request(call).entities().answer(after));
  }

  private ObjectNode updated(Entity before, JsonNode request) {
    Place place = before.place();
    requireSame(place, request, "uuid", place.uuid());
    requireSame(place, request, place.kind().parentField(), place.parent());
    return shapes.of(place.kind()).updated(before.value(), request);
  }

  private static void requireSame(Place place, JsonNode request, String field, String segment) {
    Optional<String> given = request.path(field).asStringOpt();
    if (given.isEmpty() || Segment.of(given.get()).filter(segment::equals).isPresent()) return;
    throw Failures.conflict(
        "the " + field + " of a " + place.kind().label() + " cannot be changed");
  }
}

package dev.freshet.microscopy;

import dev.freshet.application.Call;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * That everything on a grid, or on a grid square, has been reported; told as an event of its topic.
 */
final class Registration {
  private static final String ALL_HOLES = "all foil holes registered";
  private static final Reply TRUE = Reply.of(200, JsonNodeFactory.instance.booleanNode(true));

  private final Edits edits;

  Registration(Edits edits) {
    this.edits = edits;
  }

  Reply grid(Call call) {
    edits.edit(
        call,
        Kind.GRID,
        (ledger, grid) -> {
          ledger.publish(grid.place(), "grid.registered", payload("grid_uuid", grid));
          return grid.value();
        });
    return TRUE;
  }

  /** {@code count} is how many foil holes there are. */
  Reply gridSquare(Call call) {
    Integer count = call.queryParameter("count").map(Registration::integer).orElse(null);
    edits.edit(
        call,
        Kind.GRIDSQUARE,
        (ledger, square) -> {
          ObjectNode payload = payload("gridsquare_uuid", square).put("count", count);
          ledger.publish(square.place(), "gridsquare.registered", payload);
          return square.value().put("status", ALL_HOLES);
        });
    return TRUE;
  }

  private static Integer integer(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw Failures.invalid("query", "count", "'" + text + "' is not a number");
    }
  }

  private static ObjectNode payload(String name, Entity entity) {
    ObjectNode payload = Json.MAPPER.createObjectNode();
    payload.set(name, entity.value().path("uuid"));
    return payload;
  }
}

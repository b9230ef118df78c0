package dev.freshet.microscopy;

import dev.freshet.application.Call;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Answers what is there. */
final class Reading {
  private static final int DEFAULT_LIMIT = 50;
  private static final String COMPLETED = "grid squares decision completed";

  private Reading() {}

  static Reply one(Call call, Kind kind) {
    Request request = new Request(call);
    Entities entities = request.entities();
    return one(entities, entities.readable(kind, request.uuid(kind)));
  }

  private static Reply one(Entities entities, Place place) {
    return Reply.of(200, entities.answer(entities.entity(place)));
  }

  /** The atlas of the grid that the path names. */
  static Reply atlas(Call call) {
    Request request = new Request(call);
    Entities entities = request.entities();
    Place grid = entities.readable(Kind.GRID, request.uuid(Kind.GRID));
    return one(entities, entities.atlas(grid).orElseThrow(() -> Failures.notFound(Kind.ATLAS)));
  }

  static Reply all(Call call, Kind kind) {
    return list(new Request(call).entities().all(kind));
  }

  /** Those directly under the entity that the path names. */
  static Reply children(Call call, Kind kind) {
    return list(childrenOf(call, kind));
  }

  /** {@code on_square_only} leaves out those near a grid bar. */
  static Reply foilHoles(Call call) {
    List<JsonNode> holes = childrenOf(call, Kind.FOILHOLE);
    if (!call.queryParameter("on_square_only").orElse("false").equals("true")) return list(holes);
    return list(holes.stream().filter(hole -> !hole.path("is_near_grid_bar").asBoolean()).toList());
  }

  private static List<JsonNode> childrenOf(Call call, Kind kind) {
    Request request = new Request(call);
    Kind parent = kind.parent().orElseThrow();
    Entities entities = request.entities();
    return entities.children(entities.readable(parent, request.uuid(parent)), kind);
  }

  static Reply timeline(Call call) {
    Request request = new Request(call);
    Entities entities = request.entities();
    Place place = entities.readable(Kind.ACQUISITION, request.uuid(Kind.ACQUISITION));
    entities.access().requireRead(place, place.timeline());
    return Reply.of(200, Json.MAPPER.valueToTree(entities.timeline(place)));
  }

  /** Those that were added or changed last. */
  static Reply newestMicrographs(Call call) {
    Request request = new Request(call);
    Entities entities = request.entities();
    Place place = entities.readable(Kind.ACQUISITION, request.uuid(Kind.ACQUISITION));
    int limit = call.queryParameter("limit").map(Integer::parseInt).orElse(DEFAULT_LIMIT);
    Newest newest = new Newest(entities, place.all(Kind.MICROGRAPH), limit);
    return list(newest.find(entities.progress(place).micrographCount()));
  }

  /** For each readable acquisition the grids in it, and those on which everything is decided. */
  static Reply gridCounts(Call call) {
    Entities entities = new Request(call).entities();
    ArrayNode counts = Json.MAPPER.createArrayNode();
    for (Place place : entities.acquisitions()) {
      JsonNode acquisition = entities.value(place.topic());
      if (!entities.access().reads(place) || acquisition.isMissingNode()) continue;
      List<JsonNode> grids = entities.children(place, Kind.GRID);
      counts
          .addObject()
          .put("acquisition_uuid", acquisition.path("uuid").asString())
          .put("grids_total", grids.size())
          .put("grids_completed", grids.stream().filter(Reading::completed).count());
    }
    return Reply.of(200, counts);
  }

  private static boolean completed(JsonNode grid) {
    return grid.path("status").asString("").equals(COMPLETED);
  }

  private static Reply list(List<JsonNode> entities) {
    return Reply.of(200, Json.MAPPER.createArrayNode().addAll(entities));
  }
}

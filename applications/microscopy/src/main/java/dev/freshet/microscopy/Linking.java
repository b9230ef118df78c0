package dev.freshet.microscopy;

import dev.freshet.application.Call;
import dev.freshet.application.Problem.Invalid;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import java.util.List;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says where on an atlas tile grid squares are. */
final class Linking {
  private static final String SQUARE = Kind.POSITION.identity();

  private final Shape shape;
  private final Gates gates;

  Linking(Shapes shapes, Gates gates) {
    this.shape = shapes.of(Kind.POSITION);
    this.gates = gates;
  }

  /** The path names the grid square. */
  Reply one(Call call) {
    Request request = new Request(call);
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.setAll((ObjectNode) request.body()).put(SQUARE, request.uuid(Kind.POSITION));
    return Reply.of(201, link(request, List.of(body), index -> "").getFirst());
  }

  /** The body is a list of positions, of which each names its grid square. */
  Reply list(Call call) {
    Request request = new Request(call);
    List<JsonNode> positions = Batch.bounded(request.body(), "", Batch.MAX_LIST);
    for (int i = 0; i < positions.size(); i++) {
      if (positions.get(i).path(SQUARE).isString()) continue;
      throw Failures.invalid(Invalid.lacks("body", "/" + i, SQUARE));
    }
    List<ObjectNode> linked = link(request, positions, index -> "/" + index);
    return Reply.of(201, Json.MAPPER.createArrayNode().addAll(linked));
  }

  private List<ObjectNode> link(
      Request request, List<? extends JsonNode> positions, IntFunction<String> at) {
    String tile = request.uuid(Kind.ATLAS_TILE);
    List<ObjectNode> values = Batch.created(shape, List.copyOf(positions), at, tile);
    Place known = request.entities().finder().require(Kind.ATLAS_TILE, tile);
    Linkage linkage = new Linkage(request.access(), tile, values);
    gates.shared(request.tenant(), known, () -> Ledger.commit(request.tenant(), linkage));
    return values;
  }
}

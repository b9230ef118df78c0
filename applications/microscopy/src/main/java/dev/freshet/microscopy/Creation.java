package dev.freshet.microscopy;

import dev.freshet.application.Call;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import java.util.List;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates entities, each request's in one append. */
final class Creation {
  private final Shapes shapes;
  private final Gates gates;

  Creation(Shapes shapes, Gates gates) {
    this.shapes = shapes;
    this.gates = gates;
  }

  Reply acquisition(Call call) {
    Request request = new Request(call);
    ObjectNode value = shapes.of(Kind.ACQUISITION).created(request.body(), "", "");
    Place place = Place.ofAcquisition(value);
    if (!request.access().writes(place)) throw Failures.forbidden(place.topic());
    Entity acquisition = new Entity(place, value);
    gates.shared(
        call.tenant(), place, () -> Ledger.commit(call.tenant(), l -> l.open(acquisition)));
    return Reply.of(201, value);
  }

  /** The body is one entity. */
  Reply one(Call call, Kind kind) {
    List<JsonNode> requests = List.of(new Request(call).body());
    return Reply.of(201, create(call, kind, requests, index -> "").getFirst());
  }

  /** The body is a list of entities. */
  Reply list(Call call, Kind kind) {
    List<JsonNode> requests = Batch.bounded(new Request(call).body(), "", Batch.MAX_LIST);
    List<ObjectNode> created = create(call, kind, requests, index -> "/" + index);
    return Reply.of(201, Json.MAPPER.createArrayNode().addAll(created));
  }

  /**
   * The body has the list in a member that is named as the kind's routes are, and so has the
   * answer.
   */
  Reply batch(Call call, Kind kind) {
    String member = kind.segment();
    String pointer = "/" + member;
    List<JsonNode> requests =
        Batch.bounded(new Request(call).body().path(member), pointer, Batch.MAX_BATCH);
    if (requests.isEmpty()) throw Failures.invalid("body", pointer, "must not be empty");
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.putArray(member).addAll(create(call, kind, requests, i -> pointer + "/" + i));
    return Reply.of(201, answer);
  }

  /** The body may have the atlas's tiles in it, and the answer has. */
  Reply atlas(Call call) {
    Request request = new Request(call);
    JsonNode body = request.body();
    String grid = request.uuid(Kind.GRID);
    ObjectNode atlas = shapes.of(Kind.ATLAS).created(body, "", grid);
    List<JsonNode> requests = Batch.bounded(body.path("tiles"), "/tiles", Batch.MAX_BATCH);
    List<ObjectNode> tiles =
        Batch.created(
            shapes.of(Kind.ATLAS_TILE),
            requests,
            i -> "/tiles/" + i,
            atlas.path("uuid").asString());
    List<Branch> under = Branch.leaves(Kind.ATLAS_TILE, tiles);
    add(request, Kind.GRID, List.of(new Branch(Kind.ATLAS, atlas, under)));
    return Reply.of(201, Atlases.withTiles(atlas, tiles));
  }

  /**
   * @param at where in the body the request with that index is
   */
  private List<ObjectNode> create(
      Call call, Kind kind, List<JsonNode> requests, IntFunction<String> at) {
    Kind parentKind = kind.parent().orElseThrow();
    Request request = new Request(call);
    List<ObjectNode> values =
        Batch.created(shapes.of(kind), requests, at, request.uuid(parentKind));
    add(request, parentKind, Branch.leaves(kind, values));
    return values;
  }

  private void add(Request request, Kind parentKind, List<Branch> branches) {
    String uuid = request.uuid(parentKind);
    Place known = request.entities().finder().require(parentKind, uuid);
    Addition addition = new Addition(request.access(), parentKind, uuid, branches);
    gates.shared(request.tenant(), known, () -> Ledger.commit(request.tenant(), addition));
  }
}

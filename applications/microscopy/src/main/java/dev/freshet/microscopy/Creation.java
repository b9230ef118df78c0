package dev.freshet.microscopy;

import dev.freshet.application.Call;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates entities, each request's in one append. */
final class Creation {
  /**
   * In one request (R1); a batch's is SmartEM's own bound, and the holes of a whole grid square fit
   * a list.
   */
  private static final int MAX_BATCH = 1000;

  private static final int MAX_LIST = 5000;

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
    List<JsonNode> requests = bounded(new Request(call).body(), "", MAX_LIST);
    List<ObjectNode> created = create(call, kind, requests, index -> "/" + index);
    return Reply.of(201, Json.MAPPER.createArrayNode().addAll(created));
  }

  /**
   * The body has the list in a member that is named as the kind's routes are, and so has the
   * answer.
   */
  Reply batch(Call call, Kind kind) {
    String member = kind.segment();
    List<JsonNode> requests =
        bounded(new Request(call).body().path(member), "/" + member, MAX_BATCH);
    if (requests.isEmpty()) throw Failures.invalid("body", "/" + member, "must not be empty");
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.putArray(member).addAll(create(call, kind, requests, i -> "/" + member + "/" + i));
    return Reply.of(201, answer);
  }

  private static List<JsonNode> bounded(JsonNode list, String pointer, int limit) {
    if (list.size() <= limit) return list.valueStream().toList();
    String detail = "batch size " + list.size() + " exceeds limit of " + limit + "; send several";
    throw Failures.invalid("body", pointer, detail);
  }

  /**
   * @param at where in the body the request with that index is
   */
  private List<ObjectNode> create(
      Call call, Kind kind, List<JsonNode> requests, IntFunction<String> at) {
    Kind parentKind = kind.parent().orElseThrow();
    Request request = new Request(call);
    String uuid = request.uuid(parentKind);
    List<ObjectNode> values =
        IntStream.range(0, requests.size())
            .mapToObj(i -> shapes.of(kind).created(requests.get(i), at.apply(i), uuid))
            .toList();
    requireDistinct(values, at);
    Place known = request.entities().finder().require(parentKind, uuid);
    Addition addition = new Addition(request.access(), parentKind, uuid, kind, values);
    return gates.shared(call.tenant(), known, () -> Ledger.commit(call.tenant(), addition));
  }

  private static void requireDistinct(List<ObjectNode> values, IntFunction<String> at) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      if (seen.add(values.get(i).path("uuid").asString())) continue;
      throw Failures.invalid("body", at.apply(i) + "/uuid", "duplicate uuid in batch");
    }
  }
}

package dev.freshet.microscopy;

import dev.freshet.application.Call;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What image processing found out about micrographs. */
final class Processing {
  private static final Reply PUBLISHED =
      Reply.of(202, Json.MAPPER.createObjectNode().put("published", true));

  private final Edits edits;

  /** In the order in which a micrograph goes through them. */
  private final List<String> statuses;

  Processing(Edits edits, ApiDocument api) {
    this.edits = edits;
    this.statuses = api.values("MicrographStatus");
  }

  Reply motionCorrected(Call call) {
    JsonNode body = new Request(call).body();
    ObjectNode results = Json.MAPPER.createObjectNode();
    results.set("total_motion", body.path("total_motion"));
    results.set("average_motion", body.path("average_motion"));
    return completed(call, results, "motion correction completed");
  }

  Reply ctfEstimated(Call call) {
    ObjectNode results = Json.MAPPER.createObjectNode();
    results.set("ctf_max_resolution_estimate", new Request(call).body().path("ctf_max_res"));
    return completed(call, results, "ctf completed");
  }

  private Reply completed(Call call, ObjectNode results, String status) {
    edits.edit(
        call,
        Kind.MICROGRAPH,
        (ledger, before) -> {
          ObjectNode after = before.value().setAll(results);
          return later(status, before.status()) ? after.put("status", status) : after;
        });
    return PUBLISHED;
  }

  /** Results may come in any order; the status only goes forward. */
  private boolean later(String status, String than) {
    return statuses.indexOf(status) > statuses.indexOf(than);
  }

  /** Whether the results are good enough, which is told as an event of the micrograph's topic. */
  Reply judged(Call call, String step) {
    JsonNode body = new Request(call).body();
    edits.edit(
        call,
        Kind.MICROGRAPH,
        (ledger, micrograph) -> {
          ledger.publish(micrograph.place(), step + ".registered", judgement(micrograph, body));
          return micrograph.value();
        });
    return PUBLISHED;
  }

  private static ObjectNode judgement(Entity micrograph, JsonNode body) {
    ObjectNode judgement = Json.MAPPER.createObjectNode();
    judgement.set("micrograph_uuid", micrograph.value().path("uuid"));
    judgement.set("quality", body.path("quality"));
    judgement.put("metric_name", body.path("metric_name").asStringOpt().orElse(null));
    return judgement;
  }
}

package dev.freshet.agents.orchestrator;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.freshet.agents.event.Plan;
import dev.freshet.event.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a model's plan. */
final class Planning {
  static final int MAX_PHASES = 12;
  private static final String SCHEMA =
      """
      {"type": "object", "required": ["goal", "phases"],
       "properties": {
         "goal": {"type": "string", "minLength": 1, "maxLength": 1000},
         "phases": {"type": "array", "minItems": 1, "maxItems": %d,
                    "items": {"type": "string", "minLength": 1, "maxLength": 200}}}}
      """
          .formatted(MAX_PHASES);
  private static final Schema FORM =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, b -> {})
          .getSchema(Json.MAPPER.readTree(SCHEMA));

  /** A plan, or why it is none. */
  record Read(Optional<Plan> plan, String why) {}

  private Planning() {}

  /**
   * @param answer JSON, which models like to put between words or into a block of code
   */
  static Read read(String answer) {
    int from = answer.indexOf('{');
    int to = answer.lastIndexOf('}');
    if (from < 0 || to < from) return new Read(Optional.empty(), "there is no JSON object in it");
    try {
      JsonNode plan = Json.MAPPER.readTree(answer.substring(from, to + 1));
      var errors = FORM.validate(plan);
      if (errors.isEmpty()) return new Read(Optional.of(plan(plan)), "");
      var first = errors.getFirst();
      return new Read(Optional.empty(), first.getInstanceLocation() + " " + first.getMessage());
    } catch (JacksonException notJson) {
      return new Read(Optional.empty(), "it is not JSON");
    }
  }

  private static Plan plan(JsonNode plan) {
    List<Plan.PlannedPhase> phases = new ArrayList<>();
    for (JsonNode name : plan.path("phases"))
      phases.add(new Plan.PlannedPhase("p" + (phases.size() + 1), name.asString()));
    return new Plan(plan.path("goal").asString(), phases);
  }
}

package dev.freshet.agents.tool;

import dev.freshet.event.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Works out an expression. */
final class Calculate implements Tool {
  @Override
  public String name() {
    return "calculate";
  }

  @Override
  public String description() {
    return "Works out an expression in decimal numbers: + - * / % ^, parentheses, and abs, ceil,"
        + " count, floor, max, mean, median, min, round(x, digits), sqrt, sum. What has no end in"
        + " decimals is rounded to 34 digits, which the result says.";
  }

  @Override
  public ObjectNode schema() {
    ObjectNode properties = Schemas.properties();
    properties.set(
        "expression",
        Schemas.text("such as mean(1, 2.5, 4) * 2")
            .put("minLength", 1)
            .put("maxLength", Calculator.MAX_LENGTH));
    return Schemas.object(properties, "expression");
  }

  @Override
  public Done run(Sandbox sandbox, JsonNode params) throws ToolException, InterruptedException {
    Calculator.Result result = Calculator.calculate(params.path("expression").asString());
    return Done.of(
        Json.MAPPER.createObjectNode().put("value", result.text()).put("exact", result.exact()));
  }
}

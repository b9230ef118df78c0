package dev.freshet.server.openapi;

import dev.freshet.event.Json;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.StringNode;

/** Parameters are text; their schemas speak of JSON. */
final class Coercion {
  /** A number with more digits than this is left as text, and refused as such. */
  private static final int MAX_DIGITS = 40;

  private Coercion() {}

  static JsonNode value(Parameter parameter, List<String> texts) {
    if (!parameter.kinds().contains("array")) return scalar(parameter, texts.getFirst());
    ArrayNode array = Json.MAPPER.createArrayNode();
    items(parameter, texts).forEach(text -> array.add(new StringNode(text)));
    return array;
  }

  private static List<String> items(Parameter parameter, List<String> texts) {
    if (parameter.explode()) return texts;
    return texts.stream().flatMap(t -> Arrays.stream(t.split(",", -1))).toList();
  }

  private static JsonNode scalar(Parameter parameter, String text) {
    if (parameter.kinds().contains("boolean") && (text.equals("true") || text.equals("false"))) {
      return BooleanNode.valueOf(text.equals("true"));
    }
    boolean number = parameter.kinds().contains("integer") || parameter.kinds().contains("number");
    if (number
        && text.length() <= MAX_DIGITS
        && text.matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?")) {
      return Json.MAPPER.readTree(
          new BigDecimal(text).scale() > 0 || text.indexOf('e') >= 0 ? text : integer(text));
    }
    return new StringNode(text);
  }

  private static String integer(String text) {
    return new BigDecimal(text).toPlainString();
  }
}

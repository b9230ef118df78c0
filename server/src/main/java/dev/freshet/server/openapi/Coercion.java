package dev.freshet.server.openapi;

import dev.freshet.event.Json;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.StringNode;

/** Parameters are text; their schemas speak of JSON. */
final class Coercion {
  /** What is longer is left as text, and refused as such. */
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9]\\d{0,17})");

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d{0,17})(\\.\\d{1,18})?([eE][+-]?\\d{1,3})?");

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
    if (integer(parameter, text) || number(parameter, text)) return Json.MAPPER.readTree(text);
    return new StringNode(text);
  }

  private static boolean integer(Parameter parameter, String text) {
    return parameter.kinds().contains("integer") && INTEGER.matcher(text).matches();
  }

  private static boolean number(Parameter parameter, String text) {
    return parameter.kinds().contains("number") && NUMBER.matcher(text).matches();
  }
}

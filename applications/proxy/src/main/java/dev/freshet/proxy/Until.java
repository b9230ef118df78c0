package dev.freshet.proxy;

import dev.freshet.event.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** When a document is terminal: {@code $.status in [done, failed]} (PROTOCOL §8.8). */
record Until(JsonPointer path, Predicate<JsonNode> test) {
  static final Until NEVER = new Until(JsonPointer.empty(), value -> false);

  static final String ALLOWED =
      "is a condition such as $.status == done, $.status in [done, failed], $.left != 0 or $.finishedAt exists";

  private static final Pattern CONDITION =
      Pattern.compile(
          "\\$((?:\\.[A-Za-z_][\\w-]*|\\[\\d{1,6}])*)\\s*(==|!=|\\bin\\b|\\bexists$)(.*)");
  private static final Pattern STEP = Pattern.compile("\\.([A-Za-z_][\\w-]*)|\\[(\\d+)]");
  private static final Pattern ITEM =
      Pattern.compile("\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s,\"\\[\\]{}][^,\"\\[\\]{}]*)(,|$)");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][\\w.-]*");

  /**
   * @throws IllegalArgumentException if the text is no condition
   */
  static Until parse(String text) {
    if (text.isBlank()) return NEVER;
    Matcher condition = CONDITION.matcher(text.strip());
    if (!condition.matches()) throw new IllegalArgumentException(text);
    String operand = condition.group(3).strip();
    return new Until(
        pointer(condition.group(1)),
        switch (condition.group(2)) {
          case "==" -> among(List.of(value(operand)));
          case "!=" -> among(List.of(value(operand))).negate();
          case "in" -> among(list(operand));
          default -> value -> !value.isNull();
        });
  }

  boolean holds(JsonNode document) {
    JsonNode value = document.at(path);
    return !value.isMissingNode() && test.test(value);
  }

  private static JsonPointer pointer(String path) {
    StringBuilder pointer = new StringBuilder();
    Matcher step = STEP.matcher(path);
    while (step.find())
      pointer.append('/').append(Optional.ofNullable(step.group(1)).orElse(step.group(2)));
    return JsonPointer.compile(pointer.toString());
  }

  private static List<JsonNode> list(String text) {
    if (!text.startsWith("[") || !text.endsWith("]")) throw new IllegalArgumentException(text);
    String items = text.substring(1, text.length() - 1).strip();
    List<JsonNode> values = new ArrayList<>();
    Matcher item = ITEM.matcher(items);
    int at = 0;
    while (item.find() && item.start() == at) {
      values.add(value(item.group(1).strip()));
      at = item.end();
      if (item.group(2).isEmpty()) break;
    }
    boolean whole = at == items.length() && !items.endsWith(",") && !values.isEmpty();
    if (!whole) throw new IllegalArgumentException(text);
    return values;
  }

  /** JSON, or a bare word for a string. */
  private static JsonNode value(String text) {
    try {
      JsonNode value = Json.MAPPER.readTree(text);
      if (!value.isValueNode()) throw new IllegalArgumentException(text);
      return value;
    } catch (JacksonException notJson) {
      if (WORD.matcher(text).matches()) return StringNode.valueOf(text);
      throw new IllegalArgumentException(text, notJson);
    }
  }

  private static Predicate<JsonNode> among(List<JsonNode> values) {
    return value -> values.stream().anyMatch(other -> same(value, other));
  }

  private static boolean same(JsonNode a, JsonNode b) {
    boolean numbers = a.isNumber() && b.isNumber();
    return numbers ? a.decimalValue().compareTo(b.decimalValue()) == 0 : a.equals(b);
  }
}

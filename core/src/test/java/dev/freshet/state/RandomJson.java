package dev.freshet.state;

import dev.freshet.event.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Random values that reach for the corners of JSON; the same ones for the same seed. */
final class RandomJson {
  private static final String[] KEYS = {
    "a",
    "b",
    "c",
    "",
    "~",
    "/",
    "~0",
    "~1",
    "a/b",
    "m~n",
    "0",
    "1",
    "-",
    "01",
    "é",
    "e\u0301",
    "😀",
    "👩‍🔬",
    "\"",
    "\\",
    " ",
    "\n",
    "\u0000",
    "\u2028",
    "__proto__",
    "length",
    "%25",
    "ключ"
  };
  private static final String[] TEXTS = {
    "",
    "a",
    "A",
    "1",
    "null",
    "😀😀",
    "\uD83D\uDE00x",
    "~1",
    "\t\r\n",
    "\u0001\u001f\u007f",
    "\u2028\u2029",
    "Ünïcödé",
    "\\u0041"
  };
  private static final String[] NUMBERS = {
    "0",
    "-1",
    "1",
    "1.0",
    "1.00",
    "10",
    "1E+1",
    "9007199254740993",
    "-9223372036854775808",
    "9223372036854775808",
    "123456789012345678901234567890",
    "0.1",
    "0.10",
    "1E-400",
    "1E+400",
    "-0.5",
    "3.141592653589793238462643383279",
    "0E+5"
  };

  private final Random random;
  private final JsonNodeFactory nodes = JsonNodeFactory.instance;

  RandomJson(long seed) {
    this.random = new Random(seed);
  }

  /** A value as parsing its text gives it. */
  JsonNode value() {
    return Json.of(random.nextInt(50) == 0 ? chain() : node(1 + random.nextInt(5))).node();
  }

  /** The value with a few things changed somewhere. */
  JsonNode mutated(JsonNode value) {
    JsonNode result = value.deepCopy();
    for (int i = random.nextInt(4); i >= 0; i--) result = mutate(result, 4);
    return Json.of(result).node();
  }

  /** Something that may be a patch, of operations that may fit the value. */
  JsonNode junkPatch(JsonNode value) {
    ArrayNode patch = nodes.arrayNode();
    for (int i = random.nextInt(6); i >= 0; i--) patch.add(junkOperation(value));
    return random.nextInt(40) == 0 ? node(2) : patch;
  }

  private JsonNode junkOperation(JsonNode value) {
    if (random.nextInt(30) == 0) return node(1);
    ObjectNode operation = nodes.objectNode();
    String[] ops = {"add", "remove", "replace", "move", "copy", "test", "add", "copy", "Add", ""};
    if (often()) operation.put("op", pick(ops));
    if (often()) operation.put("path", pointer(value));
    if (often()) operation.put("from", pointer(value));
    if (often()) operation.set("value", node(2));
    if (random.nextInt(20) == 0) operation.set(pick("op", "path", "from"), node(1));
    return operation;
  }

  private boolean often() {
    return random.nextInt(25) != 0;
  }

  private String pointer(JsonNode value) {
    if (random.nextInt(15) == 0)
      return pick("a", "/~", "/~2", "/a~", "//", "/-", "/01", "/-1", "/99999999999", "/0/0/0");
    StringBuilder pointer = new StringBuilder();
    JsonNode node = value;
    while (node.isContainer() && random.nextInt(4) != 0) {
      List<String> tokens = new ArrayList<>(node.propertyNames());
      for (int i = 0; i < node.size() && node.isArray(); i++) tokens.add(Integer.toString(i));
      tokens.add(pick(KEYS));
      String token = tokens.get(random.nextInt(tokens.size()));
      pointer.append('/').append(JsonPointer.escape(token));
      JsonNode next = node.isArray() ? node.get(JsonPointer.index(token)) : node.get(token);
      if (next == null) break;
      node = next;
    }
    return pointer.toString();
  }

  private JsonNode mutate(JsonNode node, int depth) {
    if (depth == 0 || !node.isContainer() || node.isEmpty() || random.nextInt(6) == 0)
      return edit(node, depth);
    if (node instanceof ObjectNode object) {
      String name = new ArrayList<>(object.propertyNames()).get(random.nextInt(object.size()));
      return object.set(name, mutate(object.get(name), depth - 1));
    }
    ArrayNode array = (ArrayNode) node;
    int index = random.nextInt(array.size());
    array.set(index, mutate(array.get(index), depth - 1));
    return array;
  }

  private JsonNode edit(JsonNode node, int depth) {
    if (node instanceof ObjectNode object) return editObject(object);
    if (node instanceof ArrayNode array) return editArray(array);
    return node(Math.min(depth, 2));
  }

  private JsonNode editObject(ObjectNode object) {
    if (object.isEmpty() || random.nextBoolean()) return object.set(pick(KEYS), node(2));
    object.remove(object.propertyNames().iterator().next());
    return object;
  }

  private JsonNode editArray(ArrayNode array) {
    int index = random.nextInt(array.size() + 1);
    switch (random.nextInt(5)) {
      case 0 -> {
        return array.insert(index, node(2));
      }
      case 1 -> {
        if (index < array.size()) array.remove(index);
      }
      case 2 -> array.add(node(1));
      case 3 -> {
        if (!array.isEmpty()) array.add(array.remove(0));
      }
      default -> {
        for (int i = 0; i < 3; i++) array.insert(0, node(1));
      }
    }
    return array;
  }

  private JsonNode node(int depth) {
    int kind = random.nextInt(depth <= 0 ? 4 : 9);
    return switch (kind) {
      case 0 -> nodes.stringNode(pick(TEXTS));
      case 1 -> number();
      case 2 -> nodes.booleanNode(random.nextBoolean());
      case 3 -> nodes.nullNode();
      case 4, 5 -> array(depth);
      default -> object(depth);
    };
  }

  private JsonNode number() {
    return switch (random.nextInt(4)) {
      case 0 -> nodes.numberNode(random.nextInt(5));
      case 1 -> nodes.numberNode(new BigInteger(random.nextInt(200), random));
      case 2 ->
          nodes.numberNode(new BigDecimal(new BigInteger(80, random), random.nextInt(60) - 30));
      default -> Json.parse(pick(NUMBERS)).node();
    };
  }

  private JsonNode array(int depth) {
    ArrayNode array = nodes.arrayNode();
    int size = random.nextInt(random.nextInt(10) == 0 ? 40 : 6);
    for (int i = 0; i < size; i++) array.add(node(random.nextInt(depth)));
    return array;
  }

  private JsonNode object(int depth) {
    ObjectNode object = nodes.objectNode();
    for (int i = random.nextInt(7); i > 0; i--) object.set(pick(KEYS), node(depth - 1));
    return object;
  }

  /** Nested deeper than anybody draws it. */
  private JsonNode chain() {
    JsonNode node = node(0);
    for (int i = random.nextInt(100); i > 0; i--) {
      node =
          random.nextBoolean()
              ? nodes.arrayNode().add(node)
              : nodes.objectNode().set(pick(KEYS), node);
    }
    return node;
  }

  private String pick(String... of) {
    return of[random.nextInt(of.length)];
  }
}

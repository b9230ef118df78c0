package dev.freshet.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.freshet.event.Json;
import dev.freshet.state.PatchException.Kind;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class JsonPatchTest {
  private static final JsonPatch.Bounds BOUNDS = new JsonPatch.Bounds(1000, 100_000, 60);

  @Test
  void patch_junk_isAppliedOrRefusedAndChangesNothingGiven() {
    int applied = 0;
    for (long seed = 0; seed < 15_000; seed++) {
      RandomJson random = new RandomJson(seed);
      JsonNode value = random.value();
      JsonNode document = random.junkPatch(value);
      String before = value + " " + document;
      try {
        JsonNode result = JsonPatch.parse(document, BOUNDS).apply(value);
        applied++;
        scribble(result);
      } catch (PatchException expected) {
        assertThat(expected).hasMessageMatching("(?s)(operation \\d+ at '|(a|the) patch ).*");
      } catch (RuntimeException unexpected) {
        fail("seed " + seed, unexpected);
      }
      assertThat(value + " " + document).as("seed %d", seed).isEqualTo(before);
    }
    assertThat(applied).as("patches that fit").isGreaterThan(1_500);
  }

  /** A result that shared a node with the value or the patch would show here. */
  private static void scribble(JsonNode node) {
    node.forEach(JsonPatchTest::scribble);
    if (node instanceof ArrayNode array) array.add("scribble");
    if (node instanceof ObjectNode object) object.put("scribble", true);
  }

  @Test
  void patch_appliedTwice_startsAfresh() {
    JsonPatch patch =
        patch("[{'op':'add','path':'/a','value':{}},{'op':'add','path':'/a/b','value':1}]", BOUNDS);
    JsonNode first = patch.apply(node("{}"));
    assertThat(patch.apply(node("{}"))).isEqualTo(first).hasToString("{\"a\":{\"b\":1}}");
  }

  @Test
  void patch_withTooManyOperations_isInvalid() {
    JsonPatch.Bounds one = new JsonPatch.Bounds(1, 100, 10);
    assertThatThrownBy(() -> patch("[{},{}]", one))
        .isInstanceOfSatisfying(
            PatchException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
        .hasMessage("the patch has 2 operations; at most 1: send several");
    assertThatThrownBy(() -> patch("{}", one)).hasMessage("a patch must be an array of operations");
  }

  @Test
  void patch_thatDoublesTheValue_isStopped() {
    ArrayNode bomb = Json.MAPPER.createArrayNode();
    for (int i = 0; i < 40; i++)
      bomb.addObject().put("op", "copy").put("from", "").put("path", "/" + i);
    assertFails(
        bomb,
        node("{'a':'" + "x".repeat(100) + "'}"),
        "copies and moves transfer more than 100000 bytes");
  }

  @Test
  void patch_thatMovesALargeValueToAndFro_isStopped() {
    ArrayNode moves = Json.MAPPER.createArrayNode();
    for (int i = 0; i < 500; i++) {
      moves
          .addObject()
          .put("op", "move")
          .put("from", i % 2 == 0 ? "/a" : "/b")
          .put("path", i % 2 == 0 ? "/b" : "/a");
    }
    assertFails(
        moves,
        node("{'a':'" + "x".repeat(1000) + "'}"),
        "copies and moves transfer more than 100000 bytes");
  }

  @Test
  void patch_thatNestsTooDeep_isStopped() {
    ArrayNode deep = Json.MAPPER.createArrayNode();
    for (int i = 0; i < 61; i++)
      deep.addObject().put("op", "add").put("path", "/a".repeat(i)).putObject("value");
    assertFails(deep, node("{}"), "nested deeper than 60 levels");
    ArrayNode copies = Json.MAPPER.createArrayNode();
    for (int i = 1; i < 12; i++)
      copies.addObject().put("op", "copy").put("from", "").put("path", "/0".repeat(i));
    assertFails(copies, node("[[[[[[[[[[[[[]]]]]]]]]]]]]"), "nested deeper than 60 levels");
  }

  @Test
  void message_ofAHostilePointer_isShortAndPrintable() {
    String pointer = "/\\u0000\\n" + "x".repeat(10_000);
    assertThatThrownBy(
            () -> patch("[{'op':'remove','path':'" + pointer + "'}]", BOUNDS).apply(node("{}")))
        .isInstanceOf(PatchException.class)
        .message()
        .hasSizeLessThan(300)
        .doesNotContain("\n", "\u0000");
  }

  private static void assertFails(JsonNode patch, JsonNode value, String reason) {
    assertThatThrownBy(() -> JsonPatch.parse(patch, BOUNDS).apply(value))
        .isInstanceOfSatisfying(
            PatchException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FAILED))
        .hasMessageContaining(reason);
  }

  private static JsonPatch patch(String text, JsonPatch.Bounds bounds) {
    return JsonPatch.parse(node(text), bounds);
  }

  private static JsonNode node(String text) {
    return Json.parse(text.replace('\'', '"')).node();
  }
}

package dev.freshet.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The work of a diff is bounded by a count, whatever the values are (S3). */
class DiffBudgetTest {
  private static final int VISITS = 200_000;

  record Pair(String name, JsonNode a, JsonNode b) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Pair> hostile() {
    List<Integer> shuffled = new ArrayList<>(IntStream.range(0, 20_000).boxed().toList());
    Collections.shuffle(shuffled, new Random(7));
    return Stream.of(
        new Pair("reversed array", array(20_000, i -> i), array(20_000, i -> 20_000 - i)),
        new Pair("shuffled array", array(20_000, i -> i), array(20_000, shuffled::get)),
        new Pair("disjoint arrays", array(50_000, i -> i), array(50_000, i -> -1 - i)),
        new Pair("two letters", array(30_000, i -> i % 2), array(30_000, i -> i / 3 % 2)),
        new Pair(
            "colliding texts",
            array(2_000, i -> collision(i, 12)),
            array(2_000, i -> collision(i + 1, 12))),
        new Pair("nested arrays", nested(200, 300, 0), nested(200, 300, 1)),
        new Pair("long keys", longKeys(3_000, 0), longKeys(3_000, 1)));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void diff_ofHostileValues_staysInBudget_S3(Pair pair) {
    Budget budget = new Budget(VISITS, 4L * Json.of(pair.b()).length());
    JsonDiff.diff(pair.a(), pair.b(), budget)
        .ifPresent(patch ->
            assertThat(
                    CanonicalJson.text(
                        JsonPatch.parse(patch, new JsonPatch.Bounds(1 << 20, 0, 400))
                            .apply(pair.a())))
                .isEqualTo(CanonicalJson.text(pair.b())));
    assertThat(budget.visited()).isLessThanOrEqualTo(VISITS + 1);
  }

  @Test
  void diff_pastItsVisits_isNone_S3() {
    JsonNode a = array(1_000, i -> i);
    JsonNode b = array(1_000, i -> i + 1);
    assertThat(JsonDiff.diff(a, b, new Budget(500, Long.MAX_VALUE))).isEmpty();
    assertThat(JsonDiff.diff(a, b, new Budget(100_000, Long.MAX_VALUE))).isPresent();
  }

  @Test
  void diff_ofManyBudgets_isWholeOrNone_S3() {
    for (long seed = 0; seed < 3_000; seed++) {
      RandomJson random = new RandomJson(seed);
      JsonNode a = random.value();
      JsonNode b = random.mutated(a);
      Budget budget = new Budget(new Random(seed).nextInt(200), Long.MAX_VALUE);
      JsonDiff.diff(a, b, budget)
          .ifPresent(
              p -> assertThat(JsonPatch.parse(p, JsonPatch.Bounds.DEFAULT).apply(a)).isEqualTo(b));
    }
  }

  @Test
  void diff_thatWouldWriteMuchMoreThanTheValue_isNone_S3() {
    JsonNode a = array(1_000, i -> i);
    JsonNode b = array(1_000, i -> -i - 1);
    assertThat(JsonDiff.diff(a, b, new Budget(VISITS, 1_000))).isEmpty();
  }

  private static JsonNode array(int size, IntFunction<Object> element) {
    ArrayNode array = Json.MAPPER.createArrayNode();
    for (int i = 0; i < size; i++) array.addPOJO(element.apply(i));
    return Json.of(array).node();
  }

  /**
   * Different texts with one hash: each bit chooses one of two pairs of letters that hash alike.
   */
  private static String collision(int number, int bits) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bits; i++) text.append((number >> i & 1) == 0 ? "Aa" : "BB");
    return text.toString();
  }

  /** Each level is compared, hashed and weighed again by those above it. */
  private static JsonNode nested(int depth, int width, int last) {
    ArrayNode node = Json.MAPPER.createArrayNode().add(last);
    for (int i = 0; i < depth; i++) {
      ArrayNode outer = Json.MAPPER.createArrayNode();
      for (int j = 0; j < width; j++) outer.add(j);
      node = outer.add(node).add(last);
    }
    return node;
  }

  private static JsonNode longKeys(int members, int value) {
    var inner = Json.MAPPER.createObjectNode();
    for (int i = 0; i < members; i++) inner.put("k" + i, value);
    return Json.MAPPER.createObjectNode().set("x".repeat(100_000), inner);
  }
}

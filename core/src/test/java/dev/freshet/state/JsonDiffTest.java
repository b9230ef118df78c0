package dev.freshet.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.flipkart.zjsonpatch.Jackson3JsonPatch;
import dev.freshet.event.Json;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

class JsonDiffTest {
  private static final Set<String> ALLOWED = Set.of("add", "remove", "replace");

  @Test
  void diff_ofMutatedValues_applied_givesTheOther_S3() {
    for (long seed = 0; seed < 15_000; seed++) {
      RandomJson random = new RandomJson(seed);
      JsonNode a = random.value();
      assertRoundTrip(seed, a, random.mutated(a));
    }
  }

  @Test
  void diff_ofUnrelatedValues_applied_givesTheOther_S3() {
    for (long seed = 0; seed < 15_000; seed++) {
      RandomJson random = new RandomJson(~seed);
      assertRoundTrip(~seed, random.value(), random.value());
    }
  }

  @Test
  void diff_ofArraysOfFewElements_applied_givesTheOther_S3() {
    for (long seed = 0; seed < 10_000; seed++) {
      Random random = new Random(seed);
      int alphabet = 1 + random.nextInt(4);
      assertRoundTrip(seed, letters(random, alphabet), letters(random, alphabet));
    }
  }

  private static ArrayNode letters(Random random, int alphabet) {
    ArrayNode array = Json.MAPPER.createArrayNode();
    for (int i = random.nextInt(14); i > 0; i--) array.add(random.nextInt(alphabet));
    return array;
  }

  private static void assertRoundTrip(long seed, JsonNode a, JsonNode b) {
    String given = a + " " + b;
    ArrayNode patch = diff(a, b).orElseThrow();
    assertThat(patch)
        .as("seed %d", seed)
        .allMatch(o -> ALLOWED.contains(o.get("op").stringValue()));
    JsonNode result = JsonPatch.parse(patch, JsonPatch.Bounds.DEFAULT).apply(a);
    assertThat(CanonicalJson.text(result)).as("seed %d", seed).isEqualTo(CanonicalJson.text(b));
    assertThat(patch.isEmpty())
        .as("seed %d", seed)
        .isEqualTo(CanonicalJson.text(a).equals(CanonicalJson.text(b)));
    assertThat(a + " " + b).as("seed %d", seed).isEqualTo(given);
  }

  /** Another implementation of RFC 6902 must come to the same. */
  @Test
  void diff_appliedByAnotherImplementation_givesTheOther_S3() {
    for (long seed = 0; seed < 2_000; seed++) {
      RandomJson random = new RandomJson(seed);
      JsonNode a = random.value();
      JsonNode b = random.mutated(a);
      JsonNode result = Jackson3JsonPatch.apply(diff(a, b).orElseThrow(), a);
      assertThat(CanonicalJson.text(result)).as("seed %d", seed).isEqualTo(CanonicalJson.text(b));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          {'a':1,'b':2}           | {'b':2,'a':1}           | []
          {'n':1}                 | {'n':1.0}               | [{'op':'replace','path':'/n','value':1.0}]
          {'n':1.0}               | {'n':1.00}              | [{'op':'replace','path':'/n','value':1.00}]
          {'n':9007199254740992}  | {'n':9007199254740993}  | [{'op':'replace','path':'/n','value':9007199254740993}]
          {'a/b':{'~':1}}         | {'a/b':{}}              | [{'op':'remove','path':'/a~1b/~0'}]
          {'':{'':1}}             | {'':{'':2}}             | [{'op':'replace','path':'//','value':2}]
          {'a':null}              | {}                      | [{'op':'remove','path':'/a'}]
          {}                      | {'a':null}              | [{'op':'add','path':'/a','value':null}]
          [1,2,3]                 | [1,2,3,4]               | [{'op':'add','path':'/3','value':4}]
          [1,2,3]                 | [2,3]                   | [{'op':'remove','path':'/0'}]
          [1,2,3,4]               | [2,3,4,5]               | [{'op':'add','path':'/4','value':5},{'op':'remove','path':'/0'}]
          [1,2,3]                 | [1,9,3]                 | [{'op':'replace','path':'/1','value':9}]
          [1,1,1]                 | [1,1]                   | [{'op':'remove','path':'/2'}]
          [{'id':1,'n':0},{'id':2}] | [{'id':1,'n':1},{'id':2}] | [{'op':'replace','path':'/0/n','value':1}]
          [0,{'n':0},9]           | [{'n':1},9]             | [{'op':'remove','path':'/1'},{'op':'replace','path':'/0','value':{'n':1}}]
          {'a':[]}                | {'a':{}}                | [{'op':'replace','path':'/a','value':{}}]
          1                       | 2                       | [{'op':'replace','path':'','value':2}]
          """)
  void diff_ofSmallChanges_isShort(String a, String b, String expected) {
    assertThat(Json.of(diff(node(a), node(b)).orElseThrow()))
        .hasToString(expected.replace('\'', '"'));
  }

  @Test
  void diff_ofAMemberThatChangedAltogether_replacesIt() {
    JsonNode a =
        node("{'keep':'" + "x".repeat(500) + "','point':{'first':1,'second':2,'third':3}}");
    JsonNode b =
        node("{'keep':'" + "x".repeat(500) + "','point':{'first':4,'second':5,'third':6}}");
    assertThat(diff(a, b).orElseThrow())
        .hasSize(1)
        .first()
        .hasToString(
            "{\"op\":\"replace\",\"path\":\"/point\",\"value\":{\"first\":4,\"second\":5,\"third\":6}}");
  }

  @Test
  void diff_ofALongArrayWithAMovingWindow_isTwoOperations() {
    ArrayNode a = Json.MAPPER.createArrayNode();
    for (int i = 0; i < 10_000; i++) a.addObject().put("line", i);
    ArrayNode b = a.deepCopy();
    b.remove(0);
    b.addObject().put("line", 10_000);
    assertThat(diff(a, b).orElseThrow()).hasSize(2);
  }

  private static Optional<ArrayNode> diff(JsonNode a, JsonNode b) {
    return JsonDiff.diff(a, b, new Budget(StateStore.Limits.DEFAULT.diffVisits(), Long.MAX_VALUE));
  }

  private static JsonNode node(String text) {
    return Json.parse(text.replace('\'', '"')).node();
  }
}

package dev.freshet.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** RFC 7396. Single quotes stand for double ones. */
class MergePatchTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          {'a':'b'}                 | {'a':'c'}                   | {'a':'c'}
          {'a':'b'}                 | {'b':'c'}                   | {'a':'b','b':'c'}
          {'a':'b'}                 | {'a':null}                  | {}
          {'a':'b','b':'c'}         | {'a':null}                  | {'b':'c'}
          {'a':['b']}               | {'a':'c'}                   | {'a':'c'}
          {'a':'c'}                 | {'a':['b']}                 | {'a':['b']}
          {'a':{'b':'c'}}           | {'a':{'b':'d','c':null}}    | {'a':{'b':'d'}}
          {'a':[{'b':'c'}]}         | {'a':[1]}                   | {'a':[1]}
          ['a','b']                 | ['c','d']                   | ['c','d']
          {'a':'b'}                 | ['c']                       | ['c']
          {'a':'foo'}               | null                        | null
          {'a':'foo'}               | 'bar'                       | 'bar'
          {'e':null}                | {'a':1}                     | {'e':null,'a':1}
          [1,2]                     | {'a':'b','c':null}          | {'a':'b'}
          {}                        | {'a':{'bb':{'ccc':null}}}   | {'a':{'bb':{}}}
          {'a':1}                   | {'a':{'b':{'c':null,'d':2}}} | {'a':{'b':{'d':2}}}
          {'a':1}                   | {'a':[null,{'b':null}]}     | {'a':[null,{'b':null}]}
          {'a':1}                   | {}                          | {'a':1}
          3                         | {}                          | {}
          """)
  void mergePatch_ofEveryKind_isApplied(String value, String patch, String expected) {
    JsonNode before = node(value);
    JsonNode given = node(patch);
    JsonNode result = MergePatch.apply(before, given);
    assertThat(CanonicalJson.text(result)).isEqualTo(CanonicalJson.text(node(expected)));
    assertThat(before).isEqualTo(node(value));
    assertThat(given).isEqualTo(node(patch));
  }

  @Test
  void mergePatch_ofRandomValues_isIdempotentAndChangesNothingGiven() {
    for (long seed = 0; seed < 5_000; seed++) {
      RandomJson random = new RandomJson(seed);
      JsonNode value = random.value();
      JsonNode patch = random.value();
      String given = value + " " + patch;
      JsonNode once = MergePatch.apply(value, patch);
      assertThat(MergePatch.apply(once, patch)).as("seed %d", seed).isEqualTo(once);
      assertThat(value + " " + patch).as("seed %d", seed).isEqualTo(given);
    }
  }

  private static JsonNode node(String text) {
    return Json.parse(text.replace('\'', '"')).node();
  }
}

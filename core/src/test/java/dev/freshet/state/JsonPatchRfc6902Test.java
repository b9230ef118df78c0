package dev.freshet.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * What RFC 6902 demands, the cases of its appendix A among them. Single quotes stand for double
 * ones.
 */
class JsonPatchRfc6902Test {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          A.1 add a member             | {'foo':'bar'} | [{'op':'add','path':'/baz','value':'qux'}] | {'baz':'qux','foo':'bar'}
          A.2 add an element           | {'foo':['bar','baz']} | [{'op':'add','path':'/foo/1','value':'qux'}] | {'foo':['bar','qux','baz']}
          A.3 remove a member          | {'baz':'qux','foo':'bar'} | [{'op':'remove','path':'/baz'}] | {'foo':'bar'}
          A.4 remove an element        | {'foo':['bar','qux','baz']} | [{'op':'remove','path':'/foo/1'}] | {'foo':['bar','baz']}
          A.5 replace a value          | {'baz':'qux','foo':'bar'} | [{'op':'replace','path':'/baz','value':'boo'}] | {'baz':'boo','foo':'bar'}
          A.6 move a value             | {'foo':{'bar':'baz','waldo':'fred'},'qux':{'corge':'grault'}} | [{'op':'move','from':'/foo/waldo','path':'/qux/thud'}] | {'foo':{'bar':'baz'},'qux':{'corge':'grault','thud':'fred'}}
          A.7 move an element          | {'foo':['all','grass','cows','eat']} | [{'op':'move','from':'/foo/1','path':'/foo/3'}] | {'foo':['all','cows','eat','grass']}
          A.8 test that holds          | {'baz':'qux','foo':['a',2,'c']} | [{'op':'test','path':'/baz','value':'qux'},{'op':'test','path':'/foo/1','value':2}] | {'baz':'qux','foo':['a',2,'c']}
          A.10 add a nested object     | {'foo':'bar'} | [{'op':'add','path':'/child','value':{'grandchild':{}}}] | {'foo':'bar','child':{'grandchild':{}}}
          A.11 ignore unknown members  | {'foo':'bar'} | [{'op':'add','path':'/baz','value':'qux','xyz':123}] | {'foo':'bar','baz':'qux'}
          A.14 escapes in order        | {'/':9,'~1':10} | [{'op':'test','path':'/~01','value':10}] | {'/':9,'~1':10}
          A.16 add an array            | {'foo':['bar']} | [{'op':'add','path':'/foo/-','value':['abc','def']}] | {'foo':['bar',['abc','def']]}
          add replaces a member        | {'a':1} | [{'op':'add','path':'/a','value':2}] | {'a':2}
          add at the end               | [1] | [{'op':'add','path':'/1','value':2}] | [1,2]
          add the root                 | {'a':1} | [{'op':'add','path':'','value':[]}] | []
          replace the root             | {'a':1} | [{'op':'replace','path':'','value':null}] | null
          replace the root by a scalar | [] | [{'op':'replace','path':'','value':3}] | 3
          copy                         | {'a':[1]} | [{'op':'copy','from':'/a','path':'/b'},{'op':'add','path':'/b/-','value':2}] | {'a':[1],'b':[1,2]}
          copy the root into itself    | {'a':1} | [{'op':'copy','from':'','path':'/b'}] | {'a':1,'b':{'a':1}}
          copy to itself               | {'a':1} | [{'op':'copy','from':'/a','path':'/a'}] | {'a':1}
          copy to the end              | [1,2] | [{'op':'copy','from':'/0','path':'/-'}] | [1,2,1]
          move to itself               | {'a':1} | [{'op':'move','from':'/a','path':'/a'}] | {'a':1}
          move to the root             | {'a':{'b':1}} | [{'op':'move','from':'/a','path':''}] | {'b':1}
          move into a former sibling   | {'a':1,'ab':{}} | [{'op':'move','from':'/a','path':'/ab/c'}] | {'ab':{'c':1}}
          test the root                | {'a':[{}]} | [{'op':'test','path':'','value':{'a':[{}]}}] | {'a':[{}]}
          test whatever the order      | {'a':1,'b':2} | [{'op':'test','path':'','value':{'b':2,'a':1}}] | {'a':1,'b':2}
          test a number by value       | [1, 100, 9007199254740993] | [{'op':'test','path':'','value':[1.0, 1E+2, 9007199254740993.0]}] | [1,100,9007199254740993]
          test null                    | {'a':null} | [{'op':'test','path':'/a','value':null}] | {'a':null}
          empty key                    | {'':1} | [{'op':'replace','path':'/','value':2}] | {'':2}
          digits as a member           | {'0':1} | [{'op':'replace','path':'/0','value':2}] | {'0':2}
          dash as a member             | {} | [{'op':'add','path':'/-','value':2}] | {'-':2}
          leading zero as a member     | {'01':1} | [{'op':'remove','path':'/01'}] | {}
          value null                   | {} | [{'op':'add','path':'/a','value':null}] | {'a':null}
          nothing to do                | {'a':1} | [] | {'a':1}
          in order                     | [] | [{'op':'add','path':'/0','value':1},{'op':'add','path':'/0','value':2},{'op':'remove','path':'/1'}] | [2]
          """)
  void patch_wellFormed_isApplied(String name, String value, String patch, String expected) {
    JsonNode before = node(value);
    JsonNode result = JsonPatch.parse(node(patch), JsonPatch.Bounds.DEFAULT).apply(before);
    assertThat(CanonicalJson.text(result)).isEqualTo(CanonicalJson.text(node(expected)));
    assertThat(before).as("the value given").isEqualTo(node(value));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          A.9 test that does not hold   | FAILED  | {'baz':'qux'} | {'op':'test','path':'/baz','value':'bar'}
          A.12 add below nothing        | FAILED  | {'foo':'bar'} | {'op':'add','path':'/baz/bat','value':'qux'}
          A.15 text is no number        | FAILED  | {'/':9,'~1':10} | {'op':'test','path':'/~01','value':'10'}
          test what is missing          | FAILED  | {} | {'op':'test','path':'/a','value':null}
          remove what is missing        | FAILED  | {} | {'op':'remove','path':'/a'}
          replace what is missing       | FAILED  | {} | {'op':'replace','path':'/a','value':1}
          replace past the end          | FAILED  | [1] | {'op':'replace','path':'/1','value':1}
          replace after the end         | FAILED  | [1] | {'op':'replace','path':'/-','value':1}
          remove after the end          | FAILED  | [1] | {'op':'remove','path':'/-'}
          remove from an empty array    | FAILED  | [] | {'op':'remove','path':'/0'}
          remove the root               | FAILED  | {} | {'op':'remove','path':''}
          add past the end              | FAILED  | [1] | {'op':'add','path':'/2','value':1}
          add with a leading zero       | FAILED  | [1,2] | {'op':'add','path':'/01','value':1}
          add at a negative index       | FAILED  | [1] | {'op':'add','path':'/-1','value':1}
          add at a name                 | FAILED  | [1] | {'op':'add','path':'/a','value':1}
          add at a huge index           | FAILED  | [1] | {'op':'add','path':'/4294967296','value':1}
          add into a scalar             | FAILED  | {'a':1} | {'op':'add','path':'/a/b','value':1}
          add into null                 | FAILED  | {'a':null} | {'op':'add','path':'/a/b','value':1}
          go through after the end      | FAILED  | [[1]] | {'op':'add','path':'/-/0','value':1}
          go through a leading zero     | FAILED  | [[1]] | {'op':'add','path':'/00/0','value':1}
          move from what is missing     | FAILED  | {} | {'op':'move','from':'/a','path':'/b'}
          copy from what is missing     | FAILED  | [] | {'op':'copy','from':'/0','path':'/-'}
          move past the shortened array | FAILED  | [1] | {'op':'move','from':'/0','path':'/1'}
          move the root                 | INVALID | {} | {'op':'move','from':'','path':'/a'}
          move into itself              | INVALID | {'a':{}} | {'op':'move','from':'/a','path':'/a/b'}
          A.13 op that is none          | INVALID | {} | {'op':'remove!','path':'/a'}
          op in capitals                | INVALID | {} | {'op':'ADD','path':'/a','value':1}
          op missing                    | INVALID | {} | {'path':'/a','value':1}
          path missing                  | INVALID | {} | {'op':'add','value':1}
          path no string                | INVALID | {} | {'op':'add','path':1,'value':1}
          path no pointer               | INVALID | {} | {'op':'add','path':'a','value':1}
          path with a bad escape        | INVALID | {} | {'op':'add','path':'/~2','value':1}
          value missing                 | INVALID | {} | {'op':'add','path':'/a'}
          from missing                  | INVALID | {'a':1} | {'op':'copy','path':'/a'}
          no object                     | INVALID | {} | 3
          """)
  void patch_inError_isRefused(
      String name, PatchException.Kind kind, String value, String operation) {
    JsonNode before = node(value);
    JsonNode patch = node("[{'op':'test','path':'','value':" + value + "}," + operation + "]");
    assertThatThrownBy(() -> JsonPatch.parse(patch, JsonPatch.Bounds.DEFAULT).apply(before))
        .isInstanceOfSatisfying(
            PatchException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.operation()).isEqualTo(1);
              assertThat(e).hasMessageStartingWith("operation 1 at '");
            });
    assertThat(before).as("the value given").isEqualTo(node(value));
  }

  private static JsonNode node(String text) {
    return Json.parse(text.replace('\'', '"')).node();
  }
}

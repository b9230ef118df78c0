package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class JsonPatchTest {
  private static JsonNode json(String text) {
    return Json.MAPPER.readTree(text.replace('\'', '"'));
  }

  /** RFC 6902, appendix A, and the corners of RFC 6901. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'foo':'bar'} | {'op':'add','path':'/baz','value':'qux'} | {'foo':'bar','baz':'qux'}",
        "{'foo':['bar','baz']} | {'op':'add','path':'/foo/1','value':'qux'} | {'foo':['bar','qux','baz']}",
        "{'baz':'qux','foo':'bar'} | {'op':'remove','path':'/baz'} | {'foo':'bar'}",
        "{'foo':['bar','qux','baz']} | {'op':'remove','path':'/foo/1'} | {'foo':['bar','baz']}",
        "{'baz':'qux'} | {'op':'replace','path':'/baz','value':'boo'} | {'baz':'boo'}",
        "{'foo':{'bar':'baz','waldo':'fred'},'qux':{'corge':'grault'}} | {'op':'move','from':'/foo/waldo','path':'/qux/thud'} | {'foo':{'bar':'baz'},'qux':{'corge':'grault','thud':'fred'}}",
        "{'foo':['all','grass','cows','eat']} | {'op':'move','from':'/foo/1','path':'/foo/3'} | {'foo':['all','cows','eat','grass']}",
        "{'baz':'qux','foo':['a',2,'c']} | {'op':'test','path':'/foo/1','value':2} | {'baz':'qux','foo':['a',2,'c']}",
        "{'foo':'bar'} | {'op':'add','path':'/child','value':{'grandchild':{}}} | {'foo':'bar','child':{'grandchild':{}}}",
        "{'foo':'bar'} | {'op':'add','path':'/baz','value':'qux','xyz':123} | {'foo':'bar','baz':'qux'}",
        "{'/':9,'~1':10} | {'op':'test','path':'/~01','value':10} | {'/':9,'~1':10}",
        "{'foo':['bar']} | {'op':'add','path':'/foo/-','value':['abc','def']} | {'foo':['bar',['abc','def']]}",
        "{'n':1} | {'op':'test','path':'/n','value':1.0} | {'n':1}",
        "{'a':1} | {'op':'replace','path':'','value':[2]} | [2]",
        "{'':{'':1}} | {'op':'replace','path':'//','value':null} | {'':{'':null}}",
        "{'a':{'b':1}} | {'op':'copy','from':'/a','path':'/a/c'} | {'a':{'b':1,'c':{'b':1}}}",
        "{'a':1} | {'op':'move','from':'/a','path':'/a'} | {'a':1}"
      })
  void operation_thatFits_givesTheValue_S4(String before, String operation, String after) {
    JsonNode value = json(before);
    assertThat(JsonPatch.apply(json("[" + operation + "]"), value)).isEqualTo(json(after));
    assertThat(value).as("the value before").isEqualTo(json(before));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'foo':'bar'} | {'op':'add','path':'/baz/bat','value':'qux'}",
        "{'foo':'bar'} | {'op':'remove','path':'/baz'}",
        "{'foo':'bar'} | {'op':'replace','path':'/baz','value':1}",
        "{'baz':'qux'} | {'op':'test','path':'/baz','value':'bar'}",
        "{'/':9,'~1':10} | {'op':'test','path':'/~01','value':'10'}",
        "[1,2] | {'op':'add','path':'/3','value':3}",
        "[1,2] | {'op':'replace','path':'/-','value':3}",
        "[1,2] | {'op':'remove','path':'/01'}",
        "[1,2] | {'op':'remove','path':'/-1'}",
        "[1,2] | {'op':'remove','path':'/99999999999'}",
        "{'a':{'b':1}} | {'op':'move','from':'/a','path':'/a/b'}",
        "{'a':1} | {'op':'add','path':'/b'}",
        "{'a':1} | {'op':'add','path':'b','value':1}",
        "{'a':1} | {'op':'remove','path':''}",
        "{'a':1} | {'op':'spam','path':'/a','value':1}",
        "{'a':1} | {'op':'add','path':'/a/b/c','value':1}"
      })
  void operation_thatDoesNotFit_fails_S4(String before, String operation) {
    assertThatThrownBy(() -> JsonPatch.apply(json("[" + operation + "]"), json(before)))
        .isInstanceOf(PatchFailedException.class);
  }

  @Test
  void result_sharesWhatThePatchDidNotTouch() {
    JsonNode before = json("{'a':{'b':1},'c':{'d':2}}");
    JsonNode after = JsonPatch.apply(json("[{'op':'replace','path':'/a/b','value':3}]"), before);
    assertThat(after.path("c")).isSameAs(before.path("c"));
    assertThat(after.path("a")).isNotSameAs(before.path("a"));
  }
}

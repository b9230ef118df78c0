package dev.freshet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UntilTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$.status in [done, failed] | {'status':'failed'}       | true",
        "$.status in [done, failed] | {'status':'running'}      | false",
        "$.status in [done, failed] | {}                        | false",
        "$.status in [\"a, b\",'c'] | {'status':'a, b'}          | true",
        "$.status in [ 3 ]          | {'status':3.0}            | true",
        "$.status == done           | {'status':'done'}         | true",
        "$.status == done           | {'status':['done']}       | false",
        "$.status==\"it's\"         | {'status':'it\u2019s'}    | false",
        "$.a.b-c._d == true         | {'a':{'b-c':{'_d':true}}} | true",
        "$.a == true                | {'a':'true'}              | false",
        "$.a == null                | {'a':null}                | true",
        "$.a == null                | {}                        | false",
        "$.left != 0                | {'left':0.00}             | false",
        "$.left != 0                | {'left':-1}               | true",
        "$.left != 0                | {'left':'x'}              | true",
        "$.left != 0                | {}                        | false",
        "$.at exists                | {'at':''}                 | true",
        "$.at exists                | {'at':null}               | false",
        "$.at exists                | {}                        | false",
        "$.in in [in]               | {'in':'in'}               | true",
        "$.list[1].s == x           | {'list':[0,{'s':'x'}]}    | true",
        "$ == done                  | 'done'                    | true",
        "`` | {'status':'done'} | false"
      })
  void condition_holdsOrNot(String condition, String document, boolean holds) {
    String text = condition.contains("'c'") ? condition.replace('\'', '"') : condition;
    assertThat(Until.parse(text).holds(Json.parse(document.replace('\'', '"')).node()))
        .isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status == done",
        "$.status",
        "$.status = done",
        "$.status ==",
        "$.status == two words",
        "$.status == {}",
        "$.status == [1]",
        "$.status in done",
        "$.status in []",
        "$.status in [a,]",
        "$.status in [,a]",
        "$.status in [a, [b]]",
        "$.status in [\"a]",
        "$.statusin [a]",
        "$.status exists now",
        "$.status existsnot",
        "$..status == done",
        "$.status == done || $.x == 1",
        "$.items[-1] exists",
        "$.items[*] exists"
      })
  void condition_thatIsNone_isRefused_R2(String condition) {
    assertThatThrownBy(() -> Until.parse(condition)).isInstanceOf(IllegalArgumentException.class);
  }
}

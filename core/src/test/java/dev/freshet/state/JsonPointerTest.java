package dev.freshet.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6901. */
class JsonPointerTest {
  @Test
  void pointer_ofEveryForm_hasItsTokens() {
    assertThat(tokens("")).isEmpty();
    assertThat(tokens("/")).containsExactly("");
    assertThat(tokens("/foo/0")).containsExactly("foo", "0");
    assertThat(tokens("//")).containsExactly("", "");
    assertThat(tokens("/a~1b/m~0n")).containsExactly("a/b", "m~n");
    assertThat(tokens("/~01")).containsExactly("~1");
    assertThat(tokens("/c%d/e^f/ /k\"l")).containsExactly("c%d", "e^f", " ", "k\"l");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "//a/", "/~0~1", "/~01/~10", "/😀"})
  void pointer_writtenAgain_isTheSame(String text) {
    assertThat(JsonPointer.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "#/a", "/~", "/~2", "/a~/b", "/~~0"})
  void pointer_malformed_isRefused(String text) {
    assertThatThrownBy(() -> JsonPointer.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void index_withLeadingZeroSignOrLetter_isNone() {
    assertThat(List.of("00", "01", "-1", "+1", "-", "", "a", "1e0", "١", "9999999999"))
        .allMatch(token -> JsonPointer.index(token) == -1);
    assertThat(List.of("0", "7", "10", "999999999"))
        .allMatch(token -> Integer.toString(JsonPointer.index(token)).equals(token));
  }

  @Test
  void pointer_toAParent_holdsTheChildOnly() {
    JsonPointer parent = JsonPointer.parse("/a");
    assertThat(parent.holds(JsonPointer.parse("/a/b"))).isTrue();
    assertThat(parent.holds(JsonPointer.parse("/a"))).isFalse();
    assertThat(parent.holds(JsonPointer.parse("/ab"))).isFalse();
  }

  private static List<String> tokens(String text) {
    return JsonPointer.parse(text).tokens();
  }
}

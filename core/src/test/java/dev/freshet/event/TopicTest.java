package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "A/z/0",
        "$sys/a",
        "a_b.c:d@e~f=g+h,i-j",
        "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16"
      })
  void topic_allowedCharacters_isKept(String path) {
    assertThat(Topic.of(path).path()).isEqualTo(path);
    assertThat(String.join("/", Topic.of(path).segments())).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/", "a/", "/a", "a//b", "a b", "a\n", "a\r", "a\0b", "ä", "a/$b", "$", "a/*", "**",
        "a?", "a#b", "a%2Fb", "\u2028"
      })
  void topic_otherCharacters_isRefused_A5(String path) {
    assertThatThrownBy(() -> Topic.of(path))
        .isInstanceOf(InvalidTopicException.class)
        .hasMessageStartingWith("topic '")
        .hasMessageNotContainingAny("\n", "\r", "\0");
  }

  @Test
  void topic_tooLong_isRefusedWithTheBound_R1() {
    assertThat(Topic.of("a".repeat(512)).path()).hasSize(512);
    assertThatThrownBy(() -> Topic.of("a".repeat(513)))
        .hasMessageContaining("512")
        .hasMessageContaining("513");
    String deep = String.join("/", Collections.nCopies(17, "a"));
    assertThatThrownBy(() -> Topic.of(deep)).hasMessageContaining("16").hasMessageContaining("17");
  }

  @Test
  void reserved_firstSegmentWithDollar_only() {
    assertThat(Topic.of("$sys/a").reserved()).isTrue();
    assertThat(Topic.of("sys/a").reserved()).isFalse();
  }
}

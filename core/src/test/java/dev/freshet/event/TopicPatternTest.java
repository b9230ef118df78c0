package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPatternTest {
  /** Every pattern of a few segments, and every topic that could tell two of them apart. */
  private static final List<TopicPattern> PATTERNS =
      Stream.concat(
              Stream.of("**"),
              paths(List.of("a", "b", "*"), List.of("$a"), 3).flatMap(p -> Stream.of(p, p + "/**")))
          .map(TopicPattern::of)
          .toList();

  private static final List<Topic> TOPICS =
      paths(List.of("a", "b", "other"), List.of("$a", "$other"), 5).map(Topic::of).toList();

  private static Stream<String> paths(List<String> segments, List<String> reserved, int most) {
    Stream<String> paths = Stream.concat(segments.stream(), reserved.stream());
    List<String> last = paths.toList();
    Stream<String> all = last.stream();
    for (int i = 1; i < most; i++) {
      List<String> longer =
          last.stream().flatMap(p -> segments.stream().map(s -> p + "/" + s)).toList();
      all = Stream.concat(all, longer.stream());
      last = longer;
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "a, a, true",
    "a, a/b, false",
    "a/b, a, false",
    "*, a, true",
    "*, a/b, false",
    "*, $a, false",
    "a/*, a/b, true",
    "a/*, a, false",
    "a/*, a/b/c, false",
    "*/b, a/b, true",
    "*/b, $a/b, false",
    "$a/*, $a/b, true",
    "**, a, true",
    "**, a/b/c, true",
    "**, $a, false",
    "**, $a/b, false",
    "a/**, a, true",
    "a/**, a/b/c, true",
    "a/**, ab, false",
    "a/**, b/a, false",
    "$a/**, $a, true",
    "$a/**, $a/b, true",
    "$a/**, $ab, false",
    "a/*/**, a, false",
    "a/*/**, a/b, true",
    "*/*/c/**, a/b/c/d/e, true",
    "ab/*, a/b, false",
    "a/*, ab/c, false",
  })
  void matches_asTheProtocolSays(String pattern, String topic, boolean matches) {
    assertThat(TopicPattern.of(pattern).matches(Topic.of(topic))).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/", "**/a", "a/**/b", "a*", "*a/b", "***", "a/$b", "a b", "a\n*"})
  void pattern_otherwise_isRefused(String path) {
    assertThatThrownBy(() -> TopicPattern.of(path))
        .isInstanceOf(InvalidTopicException.class)
        .hasMessageStartingWith("pattern '");
  }

  @Test
  void covers_anyTwoPatterns_agreesWithMatching() {
    for (TopicPattern wide : PATTERNS) {
      for (TopicPattern narrow : PATTERNS) {
        boolean expected = TOPICS.stream().filter(narrow::matches).allMatch(wide::matches);
        assertThat(wide.covers(narrow)).as("%s covers %s", wide, narrow).isEqualTo(expected);
      }
    }
  }

  @Test
  void overlaps_anyTwoPatterns_agreesWithMatching() {
    for (TopicPattern one : PATTERNS) {
      for (TopicPattern other : PATTERNS) {
        boolean expected = TOPICS.stream().anyMatch(t -> one.matches(t) && other.matches(t));
        assertThat(one.overlaps(other)).as("%s overlaps %s", one, other).isEqualTo(expected);
      }
    }
  }
}

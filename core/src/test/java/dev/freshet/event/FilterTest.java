package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FilterTest {
  private static Event event(String topic, String type) {
    return Event.of(Topic.of(topic), type, Instant.EPOCH, Json.NULL);
  }

  @Test
  void filter_sameInAnotherOrder_isEqual() {
    Filter one =
        new Filter(List.of(TopicPattern.of("b"), TopicPattern.of("a/*")), Set.of("x", "y"));
    Filter other =
        new Filter(List.of(TopicPattern.of("a/*"), TopicPattern.of("b")), Set.of("y", "x"));
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
  }

  @Test
  void patterns_coveredByOthers_areLeftOut() {
    assertThat(Filter.of("a/b", "a/**", "c", "c", "$s/x"))
        .isEqualTo(Filter.of("a/**", "c", "$s/x"));
    assertThat(Filter.of("**", "a", "$s/**").patterns())
        .extracting(TopicPattern::path)
        .containsExactly("$s/**", "**");
  }

  @Test
  void patterns_coveringEachOther_leaveOne() {
    assertThat(Filter.of("**", "*/**").patterns()).hasSize(1);
    assertThat(Filter.of("*/**", "**")).isEqualTo(Filter.of("**", "*/**"));
  }

  @Test
  void matches_topicsAndTypes_both() {
    Filter filter = Filter.of("a/*", "b").types("red", "blue");
    assertThat(filter.matches(event("a/x", "red"))).isTrue();
    assertThat(filter.matches(event("b", "blue"))).isTrue();
    assertThat(filter.matches(event("b", "green"))).isFalse();
    assertThat(filter.matches(event("c", "red"))).isFalse();
    assertThat(Filter.of("b").matches(event("b", "anything"))).isTrue();
  }

  @Test
  void exact_plainTopicsOnly_U7() {
    assertThat(Filter.of("a", "b/c").exact()).isTrue();
    assertThat(Filter.of("a", "b/*").exact()).isFalse();
  }

  @Test
  void wantsStates_noTypesOrUpdates() {
    assertThat(Filter.of("a").wantsStates()).isTrue();
    assertThat(Filter.of("a").types("state.update").wantsStates()).isTrue();
    assertThat(Filter.of("a").types("x").wantsStates()).isFalse();
  }

  @Test
  void filter_withoutPatterns_isRefused() {
    assertThatThrownBy(Filter::of).isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentTest {
  @Test
  void of_uuid_isKept() {
    assertThat(Segment.of("0b6f3f3e-2c4a-4b7e-9d55-0d2f2a5f9f10"))
        .contains("0b6f3f3e-2c4a-4b7e-9d55-0d2f2a5f9f10");
  }

  @Test
  void of_anyText_isASegmentAndNoTwoAreTheSame() {
    List<String> texts =
        List.of(
            "", "~", "~20", " ", "a b", "a_b", "a/b", "a~2Fb", "Krios µ", "*", "**", "$x", "\n",
            "😀");
    List<String> segments = texts.stream().map(text -> Segment.of(text).orElseThrow()).toList();
    assertThat(segments).doesNotHaveDuplicates().contains("a~20b", "a~2Fb", "Krios~20~C2~B5");
    for (String segment : segments) assertThat(Topic.of("i/" + segment).segments()).hasSize(2);
  }

  @Test
  void of_tooLong_isEmpty() {
    assertThat(Segment.of("a".repeat(100))).isPresent();
    assertThat(Segment.of("a".repeat(101))).isEmpty();
    assertThat(Segment.of("µ".repeat(17))).isEmpty();
  }
}

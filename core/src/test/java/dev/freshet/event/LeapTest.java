package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeapTest {
  @ParameterizedTest
  @CsvSource({
    "i/*/a/*/progress, i/m/a/7/grids/1, i/m/a/7/progress",
    "i/*/a/*/progress, i/m/a/7/squares/1, i/m/a/70",
    "i/*/a/*/progress, i/m/a/7/progress/x, i/m/a/7/progress0",
    "i/*/a/*/progress, i/m/b/7, i/m0",
    "i/*/a/b, i/m/a, i/m/a/",
    "i/*/a/b, i/m/a-b, i/m/a/",
    "*/x, $s/x, %",
    "a/b, a/c,",
    "a, b/c,",
  })
  void after_noMatch_leapsToWhereOneCanBe(String pattern, String topic, String target) {
    assertThat(TopicPattern.of(pattern).after(Topic.of(topic)))
        .isEqualTo(Optional.ofNullable(target));
  }

  @Test
  void after_anyTopics_leapsOverNoMatch() {
    Random random = new Random(17);
    for (int round = 0; round < 20_000; round++) {
      NavigableSet<String> topics = new TreeSet<>();
      for (int i = random.nextInt(12); i >= 0; i--) topics.add(path(random, false));
      TopicPattern pattern = TopicPattern.of(path(random, true));
      List<String> matches =
          topics.stream().filter(topic -> pattern.matches(Topic.of(topic))).toList();
      assertThat(leap(topics, pattern)).as("%s in %s", pattern, topics).isEqualTo(matches);
    }
  }

  private static List<String> leap(NavigableSet<String> topics, TopicPattern pattern) {
    List<String> found = new ArrayList<>();
    String next = topics.ceiling("");
    while (next != null) {
      Topic topic = Topic.of(next);
      if (pattern.matches(topic)) found.add(next);
      Optional<String> target = pattern.after(topic);
      if (target.isEmpty()) break;
      assertThat(target.get()).isGreaterThan(next);
      next = topics.ceiling(target.get());
    }
    return found;
  }

  /** Few segments, of characters around the slash in the order, so that much collides. */
  private static String path(Random random, boolean wild) {
    List<String> segments = List.of("a", "b", "a-", "a0", "aa", "a.", "*", "*");
    List<String> path = new ArrayList<>();
    if (random.nextInt(8) == 0) path.add("$a");
    for (int i = random.nextInt(4); i >= 0; i--) {
      path.add(segments.get(random.nextInt(wild ? segments.size() : segments.size() - 2)));
    }
    if (wild && random.nextInt(4) == 0) path.add("**");
    return String.join("/", path);
  }
}

package dev.freshet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.Batch;
import dev.freshet.log.EventLog;
import dev.freshet.log.TopicSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The administrator's list of topics. */
interface TopicsContract extends LogFixture {
  @Test
  default void topics_withEventsOrState_areSortedSummaries() {
    EventLog log = log(LogFixture.keepCount("gone/**", 1));
    log.append(Batch.of(change("gone/state", 0, 1), event("gone/event"), event("gone/last")));
    log.append(
        Batch.of(
            event("b"), event("a/x"), change("a", 0, 1), change("a", 1, 2), event("a"), end("b")));
    log.append(Batch.of(event("$sys/x")));
    log.retain();
    assertThat(log.topics(TopicPattern.ALL, Optional.empty(), 100))
        .containsExactly(
            new TopicSummary(Topic.of("a"), 2, 8, false),
            new TopicSummary(Topic.of("a/x"), 0, 5, false),
            new TopicSummary(Topic.of("b"), 0, 9, true),
            new TopicSummary(Topic.of("gone/last"), 0, 3, false),
            new TopicSummary(Topic.of("gone/state"), 1, 1, false));
    assertThat(paths(log, "$sys/**")).containsExactly("$sys/x");
    assertThat(paths(log, "a/**")).containsExactly("a", "a/x");
    assertThat(paths(log, "a")).containsExactly("a");
    assertThat(paths(log, "*/x")).containsExactly("a/x");
    assertThat(paths(log, "none/*")).isEmpty();
  }

  private static List<String> paths(EventLog log, String pattern) {
    return log.topics(TopicPattern.of(pattern), Optional.empty(), 100).stream()
        .map(t -> t.topic().path())
        .toList();
  }

  @Test
  default void topics_pageByPage_areListedOnce() {
    EventLog log = log();
    List<String> expected = new ArrayList<>();
    for (int i = 10; i < 40; i++) {
      String topic = i % 4 == 0 ? "t/" + i + "/deep" : "t/" + i;
      log.append(Batch.of(i % 3 == 0 ? change(topic, 0, i) : event(topic), event(topic)));
      expected.add(topic);
    }
    List<String> listed = new ArrayList<>();
    Optional<Topic> after = Optional.empty();
    while (true) {
      List<TopicSummary> page = log.topics(TopicPattern.of("t/**"), after, 7);
      if (page.isEmpty()) break;
      page.forEach(t -> listed.add(t.topic().path()));
      after = Optional.of(page.getLast().topic());
    }
    assertThat(listed).isEqualTo(expected);
  }
}

package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.application.ProblemException;
import dev.freshet.event.Filter;
import dev.freshet.event.TopicPattern;
import dev.freshet.subscription.Backlog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BacklogTest {
  private static final Microscopy.Settings SETTINGS =
      new Microscopy.Settings(Duration.ofSeconds(1), Duration.ofSeconds(2), 1, 1000);

  private final Api api = Api.open(SETTINGS, InstantSource.system());

  @AfterEach
  void close() {
    api.close();
  }

  private List<Backlog> backlogs(String query) {
    return api.select("/frontend/events/stream?" + query).orElseThrow().backlogs();
  }

  private static Backlog backlog(String pattern, String type, int limit) {
    return new Backlog(new Filter(List.of(TopicPattern.of(pattern)), Set.of(type)), limit);
  }

  @Test
  void none_unlessAskedFor() {
    assertThat(backlogs("")).isEmpty();
    assertThat(backlogs("log_backlog=0&metric_backlog=")).isEmpty();
  }

  @Test
  void both_areEachOfItsOwnTypeAndNumber() {
    assertThat(backlogs("log_backlog=1000&metric_backlog=7"))
        .containsExactlyInAnyOrder(
            backlog("instruments/*/agents/*/log", "agent.log", 1000),
            backlog("instruments/*/acquisitions/*/metrics", "processing.metric", 7));
  }

  @Test
  void narrowedStream_hasANarrowedBacklog() {
    assertThat(backlogs("log_backlog=5&agent_id=k&event_types=agent.log"))
        .containsExactly(backlog("instruments/*/agents/k/log", "agent.log", 5));
  }

  @ParameterizedTest
  @CsvSource({
    "log_backlog=1001, log_backlog, is 1001; at most 1000",
    "metric_backlog=99999999999, metric_backlog, '\"99999999999\" is not a number below 1000000000'",
    "metric_backlog=-1, metric_backlog, '\"-1\" is not a number below 1000000000'",
    "log_backlog=1&event_types=agent.status, log_backlog, needs agent.log among the event_types",
    "metric_backlog=1&event_types=agent.log, metric_backlog, needs processing.metric among the event_types"
  })
  void invalid_is422(String query, String parameter, String detail) {
    assertThatThrownBy(() -> backlogs(query))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(422);
              assertThat(e.problem().errors().getFirst().pointer()).isEqualTo(parameter);
              assertThat(e.problem().detail()).isEqualTo(detail.replace('"', '\''));
            });
  }
}

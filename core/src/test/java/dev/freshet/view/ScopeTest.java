package dev.freshet.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.Grant;
import dev.freshet.event.Event;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScopeTest {
  private static final List<String> PATTERNS =
      List.of("**", "a/**", "a/*", "a/b", "a/b/**", "*/b", "*/b/c", "c", "$s/**", "*/*/c", "a/*/c");
  private static final List<String> TOPICS =
      List.of("a", "a/b", "a/b/c", "b/b", "b/b/c", "c", "c/d", "$s/x", "a/x/c");

  @Test
  void scope_anyFilterAndGrant_isTheirIntersection_A1() {
    Random random = new Random(7);
    for (int i = 0; i < 5000; i++) {
      Filter filter = Filter.of(some(random));
      Grant grant = Grant.of(some(random));
      Scope scope = Scope.of(filter, grant);
      for (String topic : TOPICS) {
        Event event = Event.of(Topic.of(topic), "t", Instant.EPOCH, Json.NULL);
        assertThat(scope.matches(event))
            .as("%s under %s, topic %s", filter, grant, topic)
            .isEqualTo(filter.matches(event) && grant.permits(event.topic()));
      }
    }
  }

  private static String[] some(Random random) {
    return random
        .ints(1L + random.nextInt(3), 0, PATTERNS.size())
        .mapToObj(PATTERNS::get)
        .toArray(String[]::new);
  }

  @Test
  void scopes_differentGrantsThatSettleTheSame_areEqual() {
    Filter filter = Filter.of("orders/7");
    assertThat(Scope.of(filter, Grant.of("**")))
        .isEqualTo(Scope.of(filter, Grant.of("orders/*", "x/**")));
  }

  @Test
  void scope_nothingReadable_matchesNothing_A1() {
    Scope scope = Scope.of(Filter.of("a/**"), Grant.of("b/**"));
    assertThat(scope.permits(Topic.of("a/1"))).isFalse();
  }
}

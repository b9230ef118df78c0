package dev.freshet.application;

import dev.freshet.Tenant;
import dev.freshet.event.Json;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.StateCut;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * How many states there are at a pattern's topics, and how many of each {@code status}.
 *
 * @param pattern of states that are objects with a {@code status}
 */
public record StatusSummary(TopicPattern pattern) implements Summary {
  private record Counts(long total, TreeMap<String, Long> byStatus) {}

  @Override
  public JsonNode of(Tenant tenant) {
    TreeMap<String, Long> counts = new TreeMap<>();
    long total = 0;
    try (StateCut cut = tenant.log().states(List.of(pattern))) {
      while (cut.hasNext()) {
        Json value = cut.next().value();
        if (value == null) continue;
        total++;
        counts.merge(value.node().path("status").asString("unknown"), 1L, Long::sum);
      }
    }
    return Json.from(new Counts(total, counts)).node();
  }
}

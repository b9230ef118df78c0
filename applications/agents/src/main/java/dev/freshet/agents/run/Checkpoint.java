package dev.freshet.agents.run;

import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.Reduction;
import dev.freshet.agents.event.Step;
import dev.freshet.event.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run as it was at some event, without the steps that are in pages: what its events are reduced
 * from, so that nobody has to begin with the first. As JSON it is the Execution with three more
 * members.
 *
 * @param head with the steps that are in no page
 * @param places of these steps in the run
 * @param pages by the place of each one's first step
 * @param first the log offset of the run's first event; 0 where it is the event before this
 */
record Checkpoint(Execution head, List<Integer> places, List<Integer> pages, long first) {
  private static final String PLACES = "stepPlaces";
  private static final String PAGES = "stepPages";
  private static final String FIRST = "firstOffset";

  static Checkpoint of(Reduction run, List<Integer> pages, long first) {
    return new Checkpoint(run.execution(), List.copyOf(run.steps().keySet()), pages, first);
  }

  static Checkpoint of(JsonNode value) {
    return new Checkpoint(
        Json.MAPPER.treeToValue(value, Execution.class),
        numbers(value.path(PLACES)),
        numbers(value.path(PAGES)),
        value.path(FIRST).asLong(0));
  }

  private static List<Integer> numbers(JsonNode array) {
    List<Integer> numbers = new ArrayList<>();
    array.forEach(n -> numbers.add(n.intValue()));
    return numbers;
  }

  ObjectNode json() {
    ObjectNode node = Json.MAPPER.valueToTree(head);
    ArrayNode at = node.putArray(PLACES);
    places.forEach(at::add);
    ArrayNode in = node.putArray(PAGES);
    pages.forEach(in::add);
    return node.put(FIRST, first);
  }

  /**
   * The run, whole.
   *
   * @param read a page, by the place of its first step; null if it is gone
   */
  Reduction whole(IntFunction<@Nullable StepPage> read) {
    NavigableMap<Integer, Step> steps = new TreeMap<>();
    for (int i = 0; i < places.size(); i++) steps.put(places.get(i), head.steps().get(i));
    for (int from : pages) {
      StepPage page = read.apply(from);
      if (page == null) continue;
      int place = from;
      for (Step step : page.steps()) steps.put(place++, step);
    }
    return Reduction.of(head, steps);
  }

  /** The run without the steps that are in pages, whose ids it knows all the same. */
  Reduction detached(IntFunction<@Nullable StepPage> read) {
    Reduction run = whole(read);
    Set<Integer> paged = new HashSet<>(run.steps().keySet());
    paged.removeAll(places);
    run.detach(paged);
    return run;
  }
}

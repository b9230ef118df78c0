package dev.freshet.microscopy;

import static java.util.Comparator.comparingLong;

import dev.freshet.event.EventTypes;
import dev.freshet.event.Filter;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.EventLog;
import dev.freshet.log.Recorded;
import dev.freshet.log.StateCut;
import dev.freshet.log.TopicState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The entities of one kind in an acquisition that were added or changed last, newest first. */
final class Newest {
  /** How often the log is read on the way back. */
  private static final int MAX_READS = 16;

  private final Entities entities;
  private final TopicPattern pattern;
  private final int limit;

  Newest(Entities entities, TopicPattern pattern, int limit) {
    this.entities = entities;
    this.pattern = pattern;
    this.limit = limit;
  }

  /**
   * Found by the newest events. Where these are too few, because retention has taken the others or
   * many are about the same entities, all states are looked through.
   *
   * @param count how many there are at most
   */
  List<JsonNode> find(long count) {
    List<JsonNode> told = byEvents();
    return told.size() < Math.min(limit, count) ? byStates() : told;
  }

  private List<JsonNode> byEvents() {
    EventLog log = entities.log();
    Filter changes = new Filter(List.of(pattern), Set.of(EventTypes.STATE_UPDATE));
    Set<Topic> seen = new HashSet<>();
    List<JsonNode> found = new ArrayList<>();
    long upTo = Long.MAX_VALUE;
    for (int read = 0; read < MAX_READS && found.size() < limit; read++) {
      List<Recorded> events = log.last(changes, upTo, 2 * limit);
      if (events.isEmpty()) break;
      for (Recorded recorded : events.reversed()) {
        Topic topic = recorded.event().topic();
        if (found.size() < limit && seen.add(topic) && readable(topic)) add(topic, found);
      }
      upTo = events.getFirst().offset() - 1;
    }
    return found;
  }

  private boolean readable(Topic topic) {
    return entities.access().principal().read().permits(topic);
  }

  private void add(Topic topic, List<JsonNode> found) {
    JsonNode value = entities.value(topic);
    if (!value.isMissingNode()) found.add(value);
  }

  private List<JsonNode> byStates() {
    PriorityQueue<TopicState> newest = new PriorityQueue<>(comparingLong(TopicState::offset));
    try (StateCut cut = entities.log().states(List.of(pattern))) {
      while (cut.hasNext()) {
        TopicState state = cut.next();
        if (readable(state.topic())) newest.add(state);
        if (newest.size() > limit) newest.remove();
      }
    }
    return newest.stream()
        .sorted(comparingLong(TopicState::offset).reversed())
        .map(Entities::node)
        .toList();
  }
}

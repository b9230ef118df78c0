package dev.freshet.microscopy;

import dev.freshet.event.TopicPattern;
import dev.freshet.log.EventLog;
import dev.freshet.log.StateCut;
import dev.freshet.log.TopicState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** The entities of one kind that go into one answer. */
final class Listing {
  /** Bounds an answer's memory (R1). */
  static final int MAX_LENGTH = 20_000;

  private final Kind kind;
  private final Access access;
  private final List<JsonNode> entities = new ArrayList<>();

  Listing(Kind kind, Access access) {
    this.kind = kind;
    this.access = access;
  }

  /** Adds what a pattern selects, as far as the caller may read it. */
  void add(EventLog log, TopicPattern pattern) {
    try (StateCut cut = log.states(List.of(pattern))) {
      while (cut.hasNext()) add(cut.next());
    }
  }

  private void add(TopicState state) {
    if (!access.principal().read().permits(state.topic())) return;
    if (entities.size() == MAX_LENGTH) throw Failures.tooMany(kind, MAX_LENGTH);
    entities.add(Objects.requireNonNull(state.value()).node());
  }

  List<JsonNode> entities() {
    return entities;
  }
}

package dev.freshet.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Filter;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.EventLog;
import dev.freshet.log.Recorded;
import dev.freshet.log.Revision;
import dev.freshet.log.TopicState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What a reader of every event holds, who applies patches by the rules of PROTOCOL §2.2. */
final class Replica {
  private final EventLog log;
  private final Map<Topic, Long> versions = new HashMap<>();
  private final Map<Topic, JsonNode> values = new HashMap<>();
  private long through;

  Replica(EventLog log) {
    this.log = log;
  }

  static List<Recorded> events(EventLog log) {
    return log.read(new Filter(List.of(TopicPattern.ALL), Set.of()), 0, Long.MAX_VALUE, 1 << 20)
        .events();
  }

  /** Reads on, and compares with what the log says each topic holds. */
  void check() {
    for (Recorded event : log.read(Filter.of("**"), through, Long.MAX_VALUE, 1 << 20).events())
      apply(event);
    versions.forEach(this::check);
  }

  private void apply(Recorded recorded) {
    through = recorded.offset();
    Revision revision = recorded.revision();
    if (revision == null) return;
    Topic topic = recorded.event().topic();
    assertThat(revision.base()).as("base of " + topic).isEqualTo(versions.getOrDefault(topic, 0L));
    versions.put(topic, revision.version());
    JsonNode data = recorded.event().data().node();
    switch (revision.form()) {
      case VALUE -> values.put(topic, data);
      case DELETION -> values.remove(topic);
      case PATCH -> {
        assertThat(values).containsKey(topic);
        values.computeIfPresent(
            topic, (t, v) -> JsonPatch.parse(data, JsonPatch.Bounds.DEFAULT).apply(v));
      }
    }
  }

  private void check(Topic topic, long version) {
    TopicState state = log.state(topic).orElseThrow();
    assertThat(state.version()).isEqualTo(version);
    JsonNode stored = state.value() == null ? MissingNode.getInstance() : state.value().node();
    JsonNode held = values.getOrDefault(topic, MissingNode.getInstance());
    assertThat(CanonicalJson.text(held)).isEqualTo(CanonicalJson.text(stored));
    assertThat(held.isMissingNode()).isEqualTo(stored.isMissingNode());
  }
}

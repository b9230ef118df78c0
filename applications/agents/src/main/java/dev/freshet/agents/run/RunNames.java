package dev.freshet.agents.run;

import dev.freshet.Tenant;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What owners call their runs, and parts of them. A run's names go with it. */
public record RunNames(Tenant tenant) {
  /**
   * A run that has a name.
   *
   * @param after the log offset behind which the part begins that is named; 0 for all of it
   */
  public record Named(String id, long after) {}

  /** The run that its owner calls this. */
  public Optional<Named> find(String owner, String name) {
    return new RunStore(tenant)
        .value(RunTopics.named(owner, name))
        .map(node -> new Named(node.path("id").asString(), node.path("after").asLong(0)));
  }

  /** Names the part of a run that begins behind a log offset; the run's owner may know it. */
  public void add(Named part, String name) {
    Topic topic = new RunTopics(part.id()).access();
    tenant
        .states()
        .commit(changes -> {
          JsonNode value = changes.get(topic);
          if (value.isMissingNode()) return;
          RunAccess access = Json.MAPPER.treeToValue(value, RunAccess.class);
          changes.put(topic, Json.MAPPER.valueToTree(access.named(name)));
          changes.put(
              RunTopics.named(access.owner(), name),
              Json.MAPPER.createObjectNode().put("id", part.id()).put("after", part.after()));
        });
  }
}

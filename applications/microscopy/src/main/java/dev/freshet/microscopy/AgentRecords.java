package dev.freshet.microscopy;

import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What is kept of agents, found by their ids alone.
 *
 * @param states the value of a topic, a missing node if there is none
 */
record AgentRecords(Function<Topic, JsonNode> states) {
  /**
   * @param agent a segment
   */
  Optional<AgentPlace> agent(String agent) {
    return path(AgentPlace.index(agent)).map(AgentPlace::of);
  }

  /**
   * @param session a segment
   */
  Optional<SessionPlace> session(String session) {
    return path(SessionPlace.index(session)).map(SessionPlace::of);
  }

  /**
   * @param instruction a segment
   */
  Optional<Topic> instruction(String instruction) {
    return path(SessionPlace.instructionIndex(instruction));
  }

  private Optional<Topic> path(Topic index) {
    return states.apply(index).asStringOpt().map(Topic::of);
  }

  Optional<AgentStatus> status(AgentPlace place) {
    return read(place.status(), AgentStatus.class);
  }

  Optional<AgentSession> session(SessionPlace place) {
    return read(place.topic(), AgentSession.class);
  }

  Optional<Instruction> instruction(Topic topic) {
    return read(topic, Instruction.class);
  }

  private <T> Optional<T> read(Topic topic, Class<T> type) {
    JsonNode value = states.apply(topic);
    return value.isMissingNode()
        ? Optional.empty()
        : Optional.of(Json.MAPPER.treeToValue(value, type));
  }
}

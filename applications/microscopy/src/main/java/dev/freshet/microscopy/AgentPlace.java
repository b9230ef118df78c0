package dev.freshet.microscopy;

import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import java.util.List;

/**
 * Where an agent is kept: {@code instruments/{instrument}/agents/{agent}} has no state of its own,
 * what is known of the agent is under it.
 *
 * @param instrument a segment, like the agent
 */
record AgentPlace(String instrument, String agent) {
  /** The statuses of all agents. */
  static final TopicPattern STATUSES = TopicPattern.of("instruments/*/agents/*/status");

  /** The inverse of {@link #root}, for topics below it too. */
  static AgentPlace of(Topic topic) {
    List<String> path = topic.segments();
    return new AgentPlace(path.get(1), path.get(3));
  }

  /** Where its root is found by its id alone. */
  static Topic index(String agent) {
    return Topic.of("$microscopy/agents/" + agent);
  }

  Topic root() {
    return Topic.of("instruments/" + instrument + "/agents/" + agent);
  }

  /** The state {@link AgentStatus}. */
  Topic status() {
    return root().child(FrontendEvent.AGENT_STATUS.segment());
  }

  /** No state: {@code agent.log} events. */
  Topic log() {
    return root().child(FrontendEvent.AGENT_LOG.segment());
  }

  /** No state: {@code instruction.lifecycle} events. */
  Topic lifecycle() {
    return root().child(FrontendEvent.INSTRUCTION_LIFECYCLE.segment());
  }

  SessionPlace session(String session) {
    return new SessionPlace(this, session);
  }

  /** All sessions of an agent, at whatever instrument. */
  static TopicPattern sessions(String agent) {
    return TopicPattern.of("instruments/*/agents/" + agent + "/sessions/*");
  }
}

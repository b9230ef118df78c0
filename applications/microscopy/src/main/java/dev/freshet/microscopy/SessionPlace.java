package dev.freshet.microscopy;

import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;

/**
 * Where an agent's session is kept, {@code …/agents/{agent}/sessions/{session}}, and its
 * instructions, {@code …/agents/{agent}/instructions/{session}/{key}}.
 *
 * @param session a segment
 */
record SessionPlace(AgentPlace at, String session) {
  /** All sessions. */
  static final TopicPattern ALL = TopicPattern.of("instruments/*/agents/*/sessions/*");

  /** The instructions of all sessions. */
  static final TopicPattern INSTRUCTIONS =
      TopicPattern.of("instruments/*/agents/*/instructions/*/*");

  private static final String INSTRUCTIONS_SEGMENT = "instructions";

  /** The inverse of {@link #topic}. */
  static SessionPlace of(Topic topic) {
    return AgentPlace.of(topic).session(topic.segments().getLast());
  }

  /** The session that an instruction belongs to. */
  static SessionPlace ofInstruction(Topic topic) {
    return AgentPlace.of(topic).session(topic.segments().get(5));
  }

  /** Where its topic is found by its id alone. */
  static Topic index(String session) {
    return Topic.of("$microscopy/sessions/" + session);
  }

  /** Where an instruction's topic is found by its id alone. */
  static Topic instructionIndex(String instruction) {
    return Topic.of("$microscopy/instructions/" + instruction);
  }

  /** The sessions of an acquisition, each an entry named as the session is. */
  static TopicPattern indexOf(String acquisition) {
    return TopicPattern.of("$microscopy/acquisitions/" + acquisition + "/sessions/*");
  }

  /** Its entry among the sessions of an acquisition. */
  Topic indexOfAcquisition(String acquisition) {
    return Topic.of("$microscopy/acquisitions/" + acquisition + "/sessions/" + session);
  }

  Topic topic() {
    return at.root().child("sessions", session);
  }

  Topic index() {
    return index(session);
  }

  /**
   * @param key {@link Instruction#key}
   */
  Topic instruction(String key) {
    return at.root().child(INSTRUCTIONS_SEGMENT, session, key);
  }

  /** Its instructions where they are now. */
  TopicPattern instructions() {
    return TopicPattern.of(at.root().child(INSTRUCTIONS_SEGMENT, session) + "/*");
  }

  /** Its instructions, also when it moves. */
  TopicPattern instructionsAnywhere() {
    return TopicPattern.of(
        "instruments/*/agents/" + at.agent() + "/" + INSTRUCTIONS_SEGMENT + "/" + session + "/*");
  }

  /** The same session at another instrument. */
  SessionPlace at(String instrument) {
    return new AgentPlace(instrument, at.agent()).session(session);
  }
}

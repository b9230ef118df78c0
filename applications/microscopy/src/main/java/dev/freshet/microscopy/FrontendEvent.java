package dev.freshet.microscopy;

import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The events of the frontend stream, each with the topics that it comes from. The last segment of
 * such a topic tells which event it is: a state there is sent whole at every change, and other
 * events as they are.
 */
enum FrontendEvent {
  ACQUISITION_PROGRESS(
      "acquisition.progress", AcquisitionProgress.class, "progress", Scope.ACQUISITION),
  PROCESSING_METRIC("processing.metric", ProcessingMetric.class, "metrics", Scope.ACQUISITION),
  AGENT_STATUS("agent.status", AgentStatus.class, "status", Scope.AGENT),
  INSTRUCTION_LIFECYCLE(
      "instruction.lifecycle", InstructionLifecycle.class, "instructions", Scope.AGENT),
  /** Kept without its id, which is where it is in the log. */
  AGENT_LOG("agent.log", AgentLog.class, "log", Scope.AGENT);

  private enum Scope {
    ACQUISITION,
    AGENT
  }

  private final String type;
  private final Class<? extends Record> payload;
  private final String segment;
  private final Scope scope;

  FrontendEvent(String type, Class<? extends Record> payload, String segment, Scope scope) {
    this.type = type;
    this.payload = payload;
    this.segment = segment;
    this.scope = scope;
  }

  String type() {
    return type;
  }

  /**
   * The record that its data is; {@code events.schema.json} and the clients' types come from it.
   */
  Class<? extends Record> payload() {
    return payload;
  }

  /** The last segment of its topics. */
  String segment() {
    return segment;
  }

  /**
   * The topics that it comes from.
   *
   * @param acquisition a segment, or {@code *}
   * @param agent a segment, or {@code *}
   */
  TopicPattern pattern(String acquisition, String agent) {
    return switch (scope) {
      case ACQUISITION ->
          TopicPattern.of("instruments/*/acquisitions/" + acquisition + "/" + segment);
      case AGENT -> TopicPattern.of("instruments/*/agents/" + agent + "/" + segment);
    };
  }

  static Optional<FrontendEvent> of(Topic topic) {
    String path = topic.path();
    return find(path.substring(path.lastIndexOf('/') + 1), FrontendEvent::segment);
  }

  static Optional<FrontendEvent> named(String type) {
    return find(type, FrontendEvent::type);
  }

  private static Optional<FrontendEvent> find(
      String text, java.util.function.Function<FrontendEvent, String> of) {
    return Arrays.stream(values()).filter(event -> of.apply(event).equals(text)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(FrontendEvent::type).toList();
  }
}

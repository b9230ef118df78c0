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
  /** {@link AcquisitionProgress}. */
  ACQUISITION_PROGRESS("acquisition.progress", "progress", Scope.ACQUISITION),
  /** {@link ProcessingMetric}. */
  PROCESSING_METRIC("processing.metric", "metrics", Scope.ACQUISITION),
  AGENT_STATUS("agent.status", "status", Scope.AGENT),
  INSTRUCTION_LIFECYCLE("instruction.lifecycle", "instructions", Scope.AGENT),
  AGENT_LOG("agent.log", "log", Scope.AGENT);

  private enum Scope {
    ACQUISITION,
    AGENT
  }

  private final String type;
  private final String segment;
  private final Scope scope;

  FrontendEvent(String type, String segment, Scope scope) {
    this.type = type;
    this.segment = segment;
    this.scope = scope;
  }

  String type() {
    return type;
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

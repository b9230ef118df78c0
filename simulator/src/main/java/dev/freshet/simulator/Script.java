package dev.freshet.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The steps of a session as they are thought of; processing overlaps with what comes after. */
final class Script {
  private static final DateTimeFormatter IN_NAMES =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

  private static final Duration READING = Duration.ofMillis(400);

  private final Timeline timeline;
  private final List<Step> steps = new ArrayList<>();

  Script(Timeline timeline) {
    this.timeline = timeline;
  }

  void post(Duration at, Subject subject, String path, @Nullable JsonNode body) {
    steps.add(new Report(at, subject, "POST", path, body));
  }

  void put(Duration at, Subject subject, String path, JsonNode body) {
    steps.add(new Report(at, subject, "PUT", path, body));
  }

  void log(Duration at, LogLine.Level level, String logger, String message) {
    steps.add(new LogLine(at, timeline.at(at), level, logger, message));
  }

  void add(Step step) {
    steps.add(step);
  }

  /**
   * By time; what happens at the same time stays in the order of the calls. Of routine log lines,
   * so many are left as a person can read when they pass.
   */
  List<Step> inOrder() {
    List<Step> ordered = new ArrayList<>(steps.size());
    Instant last = Instant.EPOCH;
    for (Step step : steps.stream().sorted(Comparator.comparing(Step::at)).toList()) {
      if (step instanceof LogLine line && line.routine()) {
        if (line.time().isBefore(last.plus(READING))) continue;
        last = line.time();
      }
      ordered.add(step);
    }
    return List.copyOf(ordered);
  }

  /** A timestamp as it stands in a body. */
  String timestamp(Duration at) {
    return timeline.at(at).toString();
  }

  /** A timestamp as it stands in the names of files. */
  String nameTime(Duration at) {
    Instant instant = timeline.at(at);
    return IN_NAMES.format(instant);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}

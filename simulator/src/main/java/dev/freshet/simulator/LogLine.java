package dev.freshet.simulator;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** A line of an agent's log; its message may have several lines of its own. */
record LogLine(Duration at, Instant time, Level level, String logger, String message)
    implements Step {
  enum Level {
    DEBUG,
    INFO,
    WARNING,
    ERROR,
    CRITICAL
  }

  /** Whether it may be left out where there is too much of its kind. */
  boolean routine() {
    return level.compareTo(Level.WARNING) < 0;
  }

  ObjectNode body() {
    return Script.object()
        .put("timestamp", time.toString())
        .put("level", level.name())
        .put("logger_name", logger)
        .put("message", message);
  }
}

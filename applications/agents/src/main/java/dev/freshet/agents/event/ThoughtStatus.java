package dev.freshet.agents.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a thought stands. */
public enum ThoughtStatus {
  RUNNING,
  COMPLETED,
  /** By the end of the run. */
  CANCELLED;

  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}

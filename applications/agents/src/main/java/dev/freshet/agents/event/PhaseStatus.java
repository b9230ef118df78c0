package dev.freshet.agents.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a phase stands; at the end of a run those that were not begun are pending. */
public enum PhaseStatus {
  PENDING,
  RUNNING,
  COMPLETED,
  FAILED,
  CANCELLED;

  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}

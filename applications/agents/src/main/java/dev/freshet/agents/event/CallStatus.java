package dev.freshet.agents.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a tool call stands. */
public enum CallStatus {
  /** For its approval. */
  WAITING,
  APPROVED,
  REJECTED,
  EXPIRED,
  RUNNING,
  SUCCEEDED,
  FAILED,
  /** By the end of the run. */
  CANCELLED;

  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the call may go on. */
  public boolean open() {
    return this == WAITING || this == APPROVED || this == RUNNING;
  }
}

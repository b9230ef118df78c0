package dev.freshet.agents.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a run stands. */
public enum RunStatus {
  RUNNING,
  /** For an approval. */
  WAITING,
  COMPLETED,
  FAILED,
  CANCELLED;

  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing comes after it. */
  public boolean terminal() {
    return compareTo(COMPLETED) >= 0;
  }
}

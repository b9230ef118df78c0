package dev.freshet.agents.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a tool call that ran ended. */
public enum Outcome {
  SUCCEEDED,
  FAILED;

  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}

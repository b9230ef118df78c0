package dev.freshet.agents.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a thought is: on the way, or for the one who asked. */
public enum ThoughtKind {
  REASONING,
  ANSWER;

  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}

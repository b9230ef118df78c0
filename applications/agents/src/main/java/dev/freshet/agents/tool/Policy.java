package dev.freshet.agents.tool;

import java.util.Locale;

/** Who decides whether a tool's call runs. */
public enum Policy {
  /** Nobody is asked. */
  AUTO,
  /** A person, each time. */
  ASK,
  /** It is not offered. */
  NEVER;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}

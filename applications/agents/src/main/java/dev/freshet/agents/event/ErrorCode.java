package dev.freshet.agents.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a run failed. */
public enum ErrorCode {
  /** The server or the reporting agent stopped. */
  INTERRUPTED,
  MODEL_FAILED,
  PLAN_INVALID,
  ITERATIONS_EXCEEDED,
  TIME_EXCEEDED,
  TOKENS_EXCEEDED,
  COST_EXCEEDED,
  TOO_LARGE,
  AGENT_FAILED;

  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}

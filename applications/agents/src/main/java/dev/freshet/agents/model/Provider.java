package dev.freshet.agents.model;

import java.util.Locale;

/** Where models come from. */
public enum Provider {
  /** No model at all, but scripts; see {@link ScriptedModel}. */
  SCRIPTED,
  ANTHROPIC,
  /** Whoever speaks OpenAI's chat completions. */
  OPENAI;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}

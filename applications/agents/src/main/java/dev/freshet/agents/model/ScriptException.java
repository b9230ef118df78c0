package dev.freshet.agents.model;

/** A conversation that the scripted model does not understand. */
final class ScriptException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  ScriptException(String message) {
    super(message);
  }
}

package dev.freshet.agents.tool;

/** What a tool could not do, as a sentence for the model and for people. */
public final class ToolException extends Exception {
  private static final long serialVersionUID = 1;

  public ToolException(String message) {
    super(message, null, false, false);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}

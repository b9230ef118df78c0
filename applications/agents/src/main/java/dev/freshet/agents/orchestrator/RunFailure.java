package dev.freshet.agents.orchestrator;

import dev.freshet.agents.event.ErrorCode;

/** Why a run can't go on. */
final class RunFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final ErrorCode code;

  /**
   * @param message a sentence for people
   */
  RunFailure(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  ErrorCode code() {
    return code;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}

package dev.freshet.agents.event;

/** The run has ended; it takes no more events. What an agent whose run was cancelled meets. */
public final class RunEndedException extends IllegalStateException {
  private static final long serialVersionUID = 1;
  private final RunStatus status;

  public RunEndedException(RunStatus status) {
    super("the run is " + status.wire() + " already");
    this.status = status;
  }

  public RunStatus status() {
    return status;
  }
}

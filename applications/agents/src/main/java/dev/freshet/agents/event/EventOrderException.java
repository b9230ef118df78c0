package dev.freshet.agents.event;

/** An event that the run's grammar does not allow where it stands. */
public final class EventOrderException extends IllegalStateException {
  private static final long serialVersionUID = 1;
  private final String rule;

  EventOrderException(String rule, String detail) {
    super(rule + ": " + detail);
    this.rule = rule;
  }

  /** Which rule: {@code G1} to {@code G7}. */
  public String rule() {
    return rule;
  }
}

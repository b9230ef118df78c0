package dev.freshet.agents.run;

/** What a run cannot take, or a server no more of. */
public final class RunException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** UTF-16 units of a name, or a path. */
  static final int NAME = 1000;

  private final Kind kind;

  /** What is the matter. */
  public enum Kind {
    /** Something is not what it has to be. */
    WRONG,
    /** Something has more than it may. */
    TOO_LONG,
    /** The run has no room for more. */
    FULL,
    /** There are as many runs as there may be. */
    TOO_MANY
  }

  RunException(Kind kind, String detail) {
    super(detail);
    this.kind = kind;
  }

  static RunException tooLong(String what, long length, long most) {
    return new RunException(
        Kind.TOO_LONG, what + " has " + length + " characters; at most " + most);
  }

  public Kind kind() {
    return kind;
  }
}

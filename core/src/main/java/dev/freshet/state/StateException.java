package dev.freshet.state;

import dev.freshet.event.Topic;

/** Why a state could not be written. Nothing was appended. */
public abstract sealed class StateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StateException(String message) {
    super(message);
  }

  /** Whether the same call can succeed later without the caller changing it. */
  public boolean retryable() {
    return false;
  }

  /** The state is not as the writer demanded (S2): 412. */
  public static final class PreconditionFailed extends StateException {
    private static final long serialVersionUID = 1;
    private final long current;

    PreconditionFailed(Topic topic, Precondition demanded, long current) {
      super(
          "state '"
              + topic
              + "' has version "
              + current
              + ", "
              + contrast(demanded)
              + "; read it again");
      this.current = current;
    }

    private static String contrast(Precondition demanded) {
      return switch (demanded) {
        case Precondition.None() -> "which is as demanded";
        case Precondition.Absent() -> "but was demanded to be absent";
        case Precondition.Present() -> "but holds no value";
        case Precondition.Version(long version) -> "not " + version;
      };
    }

    /** The state's version; 0 if the topic never had one. */
    public long current() {
      return current;
    }
  }

  /** There is no value to patch: 404. */
  public static final class StateMissing extends StateException {
    private static final long serialVersionUID = 1;

    StateMissing(Topic topic) {
      super("topic '" + topic + "' holds no state to patch; put one first");
    }
  }

  /** The text of a value, or of an event's data, is longer than allowed: 413. */
  public static final class ValueTooLarge extends StateException {
    private static final long serialVersionUID = 1;
    private final int bytes;
    private final int limit;

    private ValueTooLarge(String what, String remedy, int bytes, int limit) {
      super(what + "; at most " + limit + ": " + remedy);
      this.bytes = bytes;
      this.limit = limit;
    }

    static ValueTooLarge state(Topic topic, int bytes, int limit) {
      String what = "state '" + topic + "' would have " + bytes + " bytes";
      return new ValueTooLarge(what, "split it over several topics", bytes, limit);
    }

    static ValueTooLarge event(Topic topic, int bytes, int limit) {
      String what = "an event of '" + topic + "' would have " + bytes + " bytes of data";
      return new ValueTooLarge(what, "make several", bytes, limit);
    }

    public int bytes() {
      return bytes;
    }

    public int limit() {
      return limit;
    }
  }

  /** The value is nested too deep, or is none that JSON text can carry: 422. */
  public static final class ValueInvalid extends StateException {
    private static final long serialVersionUID = 1;

    ValueInvalid(Topic topic, String reason) {
      super("state '" + topic + "' cannot hold the value: " + reason);
    }
  }

  /** Others changed the same states at every attempt: 503. */
  public static final class Contended extends StateException {
    private static final long serialVersionUID = 1;

    Contended(int attempts) {
      super(
          "the states were changed by others at each of "
              + attempts
              + " attempts; try again later");
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }
}

package dev.freshet.runtime;

/** Why an action was not done. Nothing was changed. */
public abstract sealed class ActionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ActionException(String message) {
    super(message);
  }

  /** No reducer takes actions of the type, or none takes them from outside: 422. */
  public static final class Unknown extends ActionException {
    private static final long serialVersionUID = 1;

    Unknown(String type) {
      super("no reducer takes actions of the type '" + type + "'");
    }
  }

  /** The payload is not what a reducer takes: 422. */
  public static final class Invalid extends ActionException {
    private static final long serialVersionUID = 1;

    Invalid(String type, String reason) {
      super("the payload is not one of '" + type + "': " + reason);
    }
  }

  /** The id was used by an action of another type: 409. */
  public static final class IdUsed extends ActionException {
    private static final long serialVersionUID = 1;

    IdUsed(String id, String type) {
      super("the id '" + id + "' was used by an action of the type '" + type + "'; use a new one");
    }
  }

  /** A reducer says that it cannot be done now, and why: 409. */
  public static final class Refused extends ActionException {
    private static final long serialVersionUID = 1;

    public Refused(String reason) {
      super(reason);
    }
  }
}

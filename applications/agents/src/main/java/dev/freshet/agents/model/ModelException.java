package dev.freshet.agents.model;

/** Why a model gave no answer, as a sentence for people: no key, no address, no body of a reply. */
public final class ModelException extends Exception {
  private static final long serialVersionUID = 1;

  ModelException(String message) {
    super(message, null, false, false);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}

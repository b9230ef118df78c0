package dev.freshet.tasks;

/**
 * Why a task, or a part of one, failed.
 *
 * @param code stable, lower case with underscores
 * @param message for people; cut where it is long
 */
public record TaskError(String code, String message) {
  /** Bounds what failures add to a document. */
  public static final int MAX_MESSAGE = 200;

  public TaskError {
    if (message.length() > MAX_MESSAGE) message = message.substring(0, MAX_MESSAGE - 1) + "…";
  }
}

package dev.freshet.log;

import dev.freshet.event.Topic;

/** Why a log could not do what was asked. */
public abstract sealed class LogException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LogException(String message) {
    super(message);
  }

  LogException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether the same call can succeed later without the caller changing it. */
  public abstract boolean retryable();

  /** A change was made from another version than the topic has (S2). */
  public static final class VersionConflict extends LogException {
    private static final long serialVersionUID = 1;
    private final transient Topic topic;
    private final long current;

    public VersionConflict(Topic topic, long base, long current) {
      super("state '" + topic + "' has version " + current + ", not " + base + "; read it again");
      this.topic = topic;
      this.current = current;
    }

    public Topic topic() {
      return topic;
    }

    public long current() {
      return current;
    }

    @Override
    public boolean retryable() {
      return false;
    }
  }

  /** The topic takes no more events (U7). */
  public static final class TopicEnded extends LogException {
    private static final long serialVersionUID = 1;

    public TopicEnded(Topic topic) {
      super("topic '" + topic + "' has ended; publish to another");
    }

    @Override
    public boolean retryable() {
      return false;
    }
  }

  /** Retention removed what was asked for (U3). */
  public static final class Truncated extends LogException {
    private static final long serialVersionUID = 1;

    public Truncated(long after, long start) {
      super("offset " + after + " precedes log start " + start + "; take a snapshot");
    }

    @Override
    public boolean retryable() {
      return false;
    }
  }

  /** The store has no room; what was acknowledged is kept. */
  public static final class StorageFull extends LogException {
    private static final long serialVersionUID = 1;

    public StorageFull(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }

  /** The store failed; whether the append happened is unknown. */
  public static final class StorageFailed extends LogException {
    private static final long serialVersionUID = 1;

    public StorageFailed(String message) {
      super(message);
    }

    public StorageFailed(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }

  /** The log is closed. */
  public static final class Closed extends LogException {
    private static final long serialVersionUID = 1;

    public Closed() {
      super("the log is closed");
    }

    @Override
    public boolean retryable() {
      return false;
    }
  }
}

package dev.freshet.log;

import dev.freshet.event.Json;
import org.jspecify.annotations.Nullable;

/**
 * The place of a change in its state's history.
 *
 * @param version the version that the change made: {@code base + 1}
 * @param base the version it was made from; 0 if the topic had none (S2)
 * @param form what the event's data holds
 */
public record Revision(long version, long base, Form form, @Nullable Cause cause) {
  public Revision {
    if (base < 0 || version != base + 1) {
      throw new IllegalArgumentException("version " + version + " does not follow base " + base);
    }
  }

  /** What the data of a change's event is: RFC 6902 operations, the new value, or nothing. */
  public enum Form {
    PATCH,
    VALUE,
    DELETION
  }

  /**
   * Who or what changed the state: an action's type and id, each at most {@value #MAX_LENGTH}
   * characters.
   *
   * @param payload of the action; whoever may read the change may read it. Null where it is not for
   *     them, or there is none
   */
  public record Cause(String type, String id, @Nullable Json payload) {
    public static final int MAX_LENGTH = 256;

    public Cause(String type, String id) {
      this(type, id, null);
    }

    public Cause {
      if (type.length() > MAX_LENGTH || id.length() > MAX_LENGTH) {
        throw new IllegalArgumentException(
            "a cause's type and id have at most "
                + MAX_LENGTH
                + " characters; they have "
                + type.length()
                + " and "
                + id.length());
      }
    }
  }
}

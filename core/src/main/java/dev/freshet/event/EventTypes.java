package dev.freshet.event;

/** Which texts are event types, and which of them are the protocol's own (PROTOCOL §1). */
public final class EventTypes {
  public static final String STATE_INITIAL = "state.initial";
  public static final String STATE_UPDATE = "state.update";
  public static final String STATE_DELETE = "state.delete";
  public static final String STREAM_OPEN = "stream.open";
  public static final String STREAM_RESET = "stream.reset";
  public static final String STREAM_LIVE = "stream.live";
  public static final String STREAM_END = "stream.end";
  public static final String HEARTBEAT = "heartbeat";

  private EventTypes() {}

  static void check(String type) {
    if (type.isEmpty() || type.length() > Event.MAX_TYPE_LENGTH) {
      throw new InvalidTypeException(
          "type must have 1 to " + Event.MAX_TYPE_LENGTH + " characters; it has " + type.length());
    }
    for (int i = 0; i < type.length(); i++) {
      char c = type.charAt(i);
      if (Character.isISOControl(c) || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
        throw new InvalidTypeException(
            String.format(
                "type has U+%04X at index %d; control characters are refused", (int) c, i));
      }
    }
  }

  /**
   * Whether a publisher may not use the type: it belongs to the protocol or collides with
   * EventSource's own events.
   */
  public static boolean reserved(String type) {
    return type.startsWith("stream.")
        || type.startsWith("state.")
        || type.startsWith("resource.")
        || switch (type) {
          case "open", "error", "message", HEARTBEAT -> true;
          default -> false;
        };
  }
}

package dev.freshet.event;

/**
 * A text that is not a topic, or not a pattern; the message names the value and what is allowed.
 */
public final class InvalidTopicException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final boolean pattern;

  InvalidTopicException(String kind, String value, String reason) {
    super(kind + " '" + printable(value) + "' " + reason);
    this.pattern = kind.equals("pattern");
  }

  public boolean pattern() {
    return pattern;
  }

  private static String printable(String value) {
    String head = value.length() > 80 ? value.substring(0, 80) + "…" : value;
    return head.replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}

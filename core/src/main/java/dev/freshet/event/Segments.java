package dev.freshet.event;

/** The syntax that topics and patterns share. */
final class Segments {
  private static final int WILD = 2;
  private static final byte[] CLASS = new byte[128];

  static {
    for (char c = 'a'; c <= 'z'; c++) CLASS[c] = CLASS[c - 32] = 1;
    for (char c = '0'; c <= '9'; c++) CLASS[c] = 1;
    for (char c : "_.:@~=+,-".toCharArray()) CLASS[c] = 1;
    CLASS['*'] = WILD;
  }

  private Segments() {}

  static void check(String kind, String path, boolean wildcards) {
    if (path.isEmpty() || path.length() > Topic.MAX_LENGTH) {
      throw invalid(
          kind,
          path,
          "must have 1 to " + Topic.MAX_LENGTH + " characters; it has " + path.length());
    }
    String[] segments = path.split("/", -1);
    if (segments.length > Topic.MAX_SEGMENTS) {
      throw invalid(
          kind,
          path,
          "must have at most " + Topic.MAX_SEGMENTS + " segments; it has " + segments.length);
    }
    for (int i = 0; i < segments.length; i++) {
      checkSegment(kind, path, segments[i], i, wildcards, i == segments.length - 1);
    }
  }

  private static void checkSegment(
      String kind, String path, String segment, int index, boolean wildcards, boolean last) {
    if (segment.isEmpty()) throw invalid(kind, path, "has an empty segment");
    if (wildcards && (segment.equals("*") || (segment.equals("**") && last))) return;
    int start = index == 0 && segment.charAt(0) == '$' && segment.length() > 1 ? 1 : 0;
    for (int i = start; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c >= 128 || CLASS[c] != 1) throw invalid(kind, path, reason(c, wildcards));
    }
  }

  private static String reason(char c, boolean wildcards) {
    if (c == '*') {
      return wildcards
          ? "may have '*' only as a whole segment and '**' only as the last"
          : "may not have '*': that is for patterns";
    }
    return String.format(
        "may not have U+%04X; allowed are letters, digits and _ . : @ ~ = + , -", (int) c);
  }

  private static InvalidTopicException invalid(String kind, String path, String reason) {
    return new InvalidTopicException(kind, path, reason);
  }
}

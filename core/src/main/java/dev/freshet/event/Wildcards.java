package dev.freshet.event;

import java.util.List;

/** Matching of {@code *} and {@code **}; a {@code $…} first segment is matched only by itself. */
final class Wildcards {
  private static final List<String> REST = List.of("**");

  /** The same, said with one segment, which every topic has. */
  private static final List<String> ANY = List.of("*", "**");

  private Wildcards() {}

  static boolean matches(String pattern, String topic) {
    if (topic.charAt(0) == '$' && pattern.charAt(0) == '*') return false;
    int p = 0;
    int t = 0;
    while (true) {
      int patternEnd = end(pattern, p);
      if (patternEnd - p == 2 && pattern.startsWith("**", p)) return true;
      if (t > topic.length()) return false;
      int topicEnd = end(topic, t);
      if (!segmentMatches(pattern, p, patternEnd, topic, t, topicEnd)) return false;
      p = patternEnd + 1;
      t = topicEnd + 1;
      if (p > pattern.length()) return t > topic.length();
    }
  }

  private static int end(String path, int from) {
    int slash = path.indexOf('/', from);
    return slash < 0 ? path.length() : slash;
  }

  private static boolean segmentMatches(
      String pattern, int p, int pEnd, String topic, int t, int tEnd) {
    if (pEnd - p == 1 && pattern.charAt(p) == '*') return true;
    return pEnd - p == tEnd - t && pattern.regionMatches(p, topic, t, pEnd - p);
  }

  static boolean covers(List<String> wide, List<String> narrower) {
    List<String> narrow = narrower.equals(REST) ? ANY : narrower;
    if (narrow.getFirst().startsWith("$") && wide.getFirst().startsWith("*")) return false;
    for (int i = 0; i < wide.size(); i++) {
      if (wide.get(i).equals("**")) return true;
      if (i >= narrow.size() || narrow.get(i).equals("**")) return false;
      if (!wide.get(i).equals("*") && !wide.get(i).equals(narrow.get(i))) return false;
    }
    return narrow.size() == wide.size();
  }

  static boolean overlaps(List<String> a, List<String> b) {
    String first = a.getFirst();
    String other = b.getFirst();
    if (first.startsWith("$") != other.startsWith("$")) return false;
    for (int i = 0; ; i++) {
      boolean aRest = i < a.size() && a.get(i).equals("**");
      boolean bRest = i < b.size() && b.get(i).equals("**");
      if (aRest || bRest) return true;
      if (i >= a.size() || i >= b.size()) return a.size() == b.size();
      if (!a.get(i).equals("*") && !b.get(i).equals("*") && !a.get(i).equals(b.get(i)))
        return false;
    }
  }
}

package dev.freshet.state;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in a JSON document (RFC 6901), exactly as the RFC has it: an escape other than {@code ~0}
 * and {@code ~1} is refused, and what is an array index is decided where it is used.
 *
 * @param tokens unescaped; none means the whole document
 */
record JsonPointer(List<String> tokens) {
  private static final int MAX_SHOWN = 80;
  private static final int MAX_DIGITS = 9;

  JsonPointer {
    tokens = List.copyOf(tokens);
  }

  /**
   * @throws IllegalArgumentException if the text is not a JSON Pointer; the message says why
   */
  static JsonPointer parse(String text) {
    if (text.isEmpty()) return new JsonPointer(List.of());
    if (text.charAt(0) != '/')
      throw new IllegalArgumentException("a JSON Pointer is empty or begins with '/'");
    List<String> tokens = new ArrayList<>();
    for (int from = 1; from <= text.length(); ) {
      int slash = text.indexOf('/', from);
      int to = slash < 0 ? text.length() : slash;
      tokens.add(unescape(text.substring(from, to)));
      from = to + 1;
    }
    return new JsonPointer(tokens);
  }

  private static String unescape(String token) {
    if (token.indexOf('~') < 0) return token;
    for (int i = token.indexOf('~'); i >= 0; i = token.indexOf('~', i + 1)) {
      if (i + 1 == token.length() || (token.charAt(i + 1) != '0' && token.charAt(i + 1) != '1')) {
        throw new IllegalArgumentException("'~' stands only in '~0' and '~1'");
      }
    }
    return token.replace("~1", "/").replace("~0", "~");
  }

  static String escape(String token) {
    return token.replace("~", "~0").replace("/", "~1");
  }

  /**
   * The array index that a token spells: digits without leading zeros; -1 if it is not one, or past
   * any array.
   */
  static int index(String token) {
    int length = token.length();
    if (length == 0 || length > MAX_DIGITS || (length > 1 && token.charAt(0) == '0')) return -1;
    for (int i = 0; i < length; i++) {
      if (token.charAt(i) < '0' || token.charAt(i) > '9') return -1;
    }
    return Integer.parseInt(token);
  }

  boolean root() {
    return tokens.isEmpty();
  }

  int depth() {
    return tokens.size();
  }

  String last() {
    return tokens.getLast();
  }

  /** Whether this names something that holds what {@code other} names. */
  boolean holds(JsonPointer other) {
    return depth() < other.depth() && other.tokens.subList(0, depth()).equals(tokens);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String token : tokens) text.append('/').append(escape(token));
    return text.toString();
  }

  /** For messages: quoted, short, without control characters. */
  static String shown(String text) {
    String head = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    return "'" + head.replaceAll("[\\p{Cntrl}\\p{Cs}]", "\uFFFD") + "'";
  }
}

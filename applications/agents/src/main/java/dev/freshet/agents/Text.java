package dev.freshet.agents;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Text as runs carry it: without control characters but tab and line feed, and without lone
 * surrogates. They become U+FFFD; CR LF and CR become LF.
 */
public final class Text {
  private static final char REPLACEMENT = '\uFFFD';

  private Text() {}

  public static String clean(String text) {
    return clean(text, true);
  }

  /** Unit by unit, so that a place in the text stays where it is. */
  public static String cleanUnits(String text) {
    return clean(text, false);
  }

  private static String clean(String text, boolean joinLines) {
    StringBuilder cleaned = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char kept = kept(text, i);
      boolean drop = joinLines && c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (cleaned == null && (drop || kept != c))
        cleaned = new StringBuilder(text.length()).append(text, 0, i);
      if (cleaned != null && !drop) cleaned.append(kept);
    }
    return cleaned == null ? text : cleaned.toString();
  }

  private static char kept(String text, int i) {
    char c = text.charAt(i);
    if (c == '\r') return '\n';
    if (c < ' ') return c == '\t' || c == '\n' ? c : REPLACEMENT;
    if (c >= '\u007F' && c < '\u00A0') return REPLACEMENT;
    if (Character.isHighSurrogate(c)) {
      boolean paired = i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
      return paired ? c : REPLACEMENT;
    }
    if (Character.isLowSurrogate(c))
      return i > 0 && Character.isHighSurrogate(text.charAt(i - 1)) ? c : REPLACEMENT;
    return c;
  }

  /** With every string and name in it cleaned. */
  public static JsonNode clean(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode cleaned = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties())
          cleaned.set(clean(member.getKey()), clean(member.getValue()));
        yield cleaned;
      }
      case ArrayNode array -> {
        ArrayNode cleaned = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : array) cleaned.add(clean(element));
        yield cleaned;
      }
      default ->
          node.isString() ? JsonNodeFactory.instance.stringNode(clean(node.stringValue())) : node;
    };
  }
}

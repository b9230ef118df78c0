package dev.freshet.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The client's JSON: exact decimals, one value and nothing after it. */
final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  static JsonNode tree(@Nullable Object value) {
    return value == null ? MAPPER.nullNode() : MAPPER.valueToTree(value);
  }

  /** The value of a text; null if it is not one JSON value. */
  static @Nullable JsonNode readable(String text) {
    try {
      return absentAsNull(MAPPER.readTree(text));
    } catch (JacksonException notJson) {
      return null;
    }
  }

  static @Nullable JsonNode readable(byte[] text) {
    try {
      return absentAsNull(MAPPER.readTree(text));
    } catch (JacksonException notJson) {
      return null;
    }
  }

  private static @Nullable JsonNode absentAsNull(JsonNode node) {
    return node.isMissingNode() ? null : node;
  }
}

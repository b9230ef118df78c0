package dev.freshet.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON value as compact UTF-8 text without line breaks. It is kept as the bytes that go to the
 * wire, so that an event is encoded once, when it is published. Immutable; equal when the texts are
 * equal.
 */
public final class Json {
  /** The mapper of the whole library: exact decimals, one value and nothing after it. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  public static final Json NULL = new Json("null".getBytes(StandardCharsets.UTF_8));

  private final byte[] utf8;

  private Json(byte[] utf8) {
    this.utf8 = utf8;
  }

  /**
   * Checks and compacts a JSON text.
   *
   * @throws JacksonException if it is not one JSON value, or an object names a member twice
   */
  public static Json parse(byte[] text) {
    return of(MAPPER.readValue(text, JsonNode.class));
  }

  public static Json parse(String text) {
    return of(MAPPER.readValue(text, JsonNode.class));
  }

  public static Json of(JsonNode node) {
    return new Json(MAPPER.writeValueAsBytes(node));
  }

  /** The JSON of a record, map, list, scalar or null. */
  public static Json from(@Nullable Object value) {
    return new Json(MAPPER.writeValueAsBytes(value));
  }

  /**
   * Takes bytes that are known to be compact JSON, as a log does with what it stored; the array is
   * not copied.
   */
  public static Json trusted(byte[] compact) {
    return new Json(compact);
  }

  public JsonNode node() {
    return MAPPER.readTree(utf8);
  }

  public <T> T as(Class<T> type) {
    return MAPPER.readValue(utf8, type);
  }

  /** The text as UTF-8; shared, not to be changed. */
  public byte[] utf8() {
    return utf8;
  }

  public int length() {
    return utf8.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Json json && Arrays.equals(utf8, json.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  @Override
  public String toString() {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}

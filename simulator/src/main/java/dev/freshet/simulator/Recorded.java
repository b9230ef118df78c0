package dev.freshet.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A report as it passed the recorder: a line of a recording. It holds no header but the content
 * type, so no token and no cookie.
 *
 * @param n its place among those that arrived, from 1; lines stand in the order of the answers
 * @param at when it arrived, since the recording began; exact to the microsecond
 * @param path as it was sent, percent-encoded, from {@code /}
 * @param body its text, or if it is not UTF-8, base64 after {@code base64:}
 * @param status of the answer; 502 where there was none
 * @param named what the server named, by member of the answer: later reports speak of it
 */
record Recorded(
    long n,
    Duration at,
    String method,
    String path,
    @Nullable String query,
    @Nullable String contentType,
    @Nullable String body,
    int status,
    Map<String, String> named) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final String BASE64 = "base64:";
  private static final double MICROS = 1000;

  Recorded {
    named = Map.copyOf(named);
  }

  String target() {
    return query == null ? path : path + "?" + query;
  }

  /** A body as it stands in a line; null for an empty one. */
  static @Nullable String text(byte[] body) {
    if (body.length == 0) return null;
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      if (!text.startsWith(BASE64)) return text;
    } catch (CharacterCodingException notText) {
      // As base64, then.
    }
    return BASE64 + Base64.getEncoder().encodeToString(body);
  }

  /** A body as it was sent. */
  static byte[] bytes(@Nullable String body) {
    if (body == null) return new byte[0];
    return body.startsWith(BASE64)
        ? Base64.getDecoder().decode(body.substring(BASE64.length()))
        : body.getBytes(StandardCharsets.UTF_8);
  }

  /** With the line's end. */
  String line() {
    ObjectNode line = MAPPER.createObjectNode();
    long micros = at.toNanos() / 1000;
    line.put("n", n).put("at_ms", micros / MICROS).put("method", method);
    line.put("path", path);
    if (query != null) line.put("query", query);
    if (contentType != null) line.put("content_type", contentType);
    if (body != null) line.put("body", body);
    line.put("status", status);
    if (!named.isEmpty()) {
      ObjectNode members = line.putObject("named");
      named.forEach(members::put);
    }
    return line + "\n";
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  static Recorded read(String line) {
    try {
      JsonNode node = MAPPER.readTree(line);
      if (!node.isObject()) throw new IllegalArgumentException("it is not a JSON object");
      return read(node);
    } catch (JacksonException notJson) {
      throw new IllegalArgumentException("it is not JSON", notJson);
    }
  }

  private static Recorded read(JsonNode node) {
    String path = text(node, "path");
    if (path == null || !path.startsWith("/")) throw wrong("path", "a path from /");
    String method = text(node, "method");
    if (method == null || !method.matches("[A-Z]{1,20}")) throw wrong("method", "a method");
    int status = (int) number(node, "status", 100, 599);
    long n = (long) number(node, "n", 1, Long.MAX_VALUE);
    double millis = number(node, "at_ms", 0, 1e12);
    Map<String, String> named = new LinkedHashMap<>();
    node.path("named").properties().forEach(m -> named.put(m.getKey(), m.getValue().asString("")));
    Duration at = Duration.ofNanos(Math.round(millis * MICROS) * 1000);
    return new Recorded(
        n,
        at,
        method,
        path,
        text(node, "query"),
        text(node, "content_type"),
        body(text(node, "body")),
        status,
        named);
  }

  private static @Nullable String body(@Nullable String text) {
    try {
      bytes(text);
      return text;
    } catch (IllegalArgumentException notBase64) {
      throw new IllegalArgumentException("body is not base64 after base64:", notBase64);
    }
  }

  private static @Nullable String text(JsonNode node, String member) {
    JsonNode value = node.path(member);
    if (value.isMissingNode() || value.isNull()) return null;
    if (!value.isString()) throw wrong(member, "a string");
    return value.stringValue();
  }

  private static double number(JsonNode node, String member, double low, double high) {
    JsonNode value = node.path(member);
    if (!value.isNumber() || value.doubleValue() < low || value.doubleValue() > high) {
      throw wrong(member, "a number, at least " + (long) low);
    }
    return value.doubleValue();
  }

  private static IllegalArgumentException wrong(String member, String needed) {
    return new IllegalArgumentException(member + " must be " + needed);
  }
}

package dev.freshet.view;

import dev.freshet.event.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.io.JsonStringEncoder;

/** A JSON object written as bytes around parts that are JSON already. For one thread. */
public final class JsonText {
  private byte[] bytes;
  private int length;
  private boolean first = true;

  /**
   * @param expected bytes; it grows past them
   */
  public JsonText(int expected) {
    bytes = new byte[expected];
  }

  public JsonText open() {
    first = true;
    return raw("{");
  }

  /**
   * @param name that is known to need no escapes
   */
  public JsonText name(String name) {
    raw(first ? "\"" : ",\"");
    first = false;
    return raw(name).raw("\":");
  }

  /** A string that is known to need no escapes. */
  public JsonText quoted(String plain) {
    return raw("\"").raw(plain).raw("\"");
  }

  public JsonText text(String any) {
    return raw("\"").raw(JsonStringEncoder.getInstance().quoteAsUTF8(any)).raw("\"");
  }

  public JsonText raw(String ascii) {
    return raw(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  public JsonText raw(byte[] json) {
    if (length + json.length > bytes.length)
      bytes = Arrays.copyOf(bytes, (length + json.length) * 2);
    System.arraycopy(json, 0, bytes, length, json.length);
    length += json.length;
    return this;
  }

  public JsonText endObject() {
    first = false;
    return raw("}");
  }

  /** Ends the outermost object; the last call. */
  public Json close() {
    raw("}");
    return Json.trusted(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
  }
}

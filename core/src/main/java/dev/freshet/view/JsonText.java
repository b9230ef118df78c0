package dev.freshet.view;

import dev.freshet.event.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.io.JsonStringEncoder;

/** A JSON object written as bytes around parts that are JSON already. */
final class JsonText {
  private byte[] bytes;
  private int length;
  private boolean first = true;

  JsonText(int expected) {
    bytes = new byte[expected];
  }

  JsonText open() {
    first = true;
    return raw("{");
  }

  JsonText name(String name) {
    raw(first ? "\"" : ",\"");
    first = false;
    return raw(name).raw("\":");
  }

  /** A string that is known to need no escapes. */
  JsonText quoted(String plain) {
    return raw("\"").raw(plain).raw("\"");
  }

  JsonText text(String any) {
    return raw("\"").raw(JsonStringEncoder.getInstance().quoteAsUTF8(any)).raw("\"");
  }

  JsonText raw(String ascii) {
    return raw(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  JsonText raw(byte[] json) {
    if (length + json.length > bytes.length)
      bytes = Arrays.copyOf(bytes, (length + json.length) * 2);
    System.arraycopy(json, 0, bytes, length, json.length);
    length += json.length;
    return this;
  }

  JsonText endObject() {
    first = false;
    return raw("}");
  }

  Json close() {
    raw("}");
    return Json.trusted(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
  }
}

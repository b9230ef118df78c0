package dev.freshet.agents.tool;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text and its bytes, cut where a bound says so but never within a character. */
final class Utf8 {
  private Utf8() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws ToolException if it is no text
   */
  static String text(SandboxPath path, byte[] bytes) throws ToolException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException binary) {
      throw new ToolException("'" + path + "' is no UTF-8 text (" + bytes.length + " bytes)");
    }
  }

  /** What of some output fits; what is no text in it becomes U+FFFD. */
  static String lenient(byte[] bytes, int most) {
    int end = Math.min(bytes.length, most);
    // A character that the bound cuts in two is left out.
    if (end < bytes.length) while (end > 0 && (bytes[end] & 0xc0) == 0x80) end--;
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  /** The beginning of a text that has at most so many bytes. */
  static String cut(String text, int most) {
    return lenient(bytes(text), most);
  }
}

package dev.freshet.server.openapi;

import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Percent-encoding as RFC 3986 has it, UTF-8 and nothing else; in queries {@code +} is a space. */
public final class Percent {
  private Percent() {}

  static String path(String text) {
    return decode(text, false);
  }

  /** The parameters of a query, decoded, in order. */
  public static Map<String, List<String>> query(String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) continue;
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
      parameters.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }
    return parameters;
  }

  private static String decode(String text, boolean plusIsSpace) {
    if (text.indexOf('%') < 0) return plusIsSpace ? text.replace('+', ' ') : text;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.write(octet(text, i));
        i += 2;
      } else {
        bytes.writeBytes(
            (c == '+' && plusIsSpace ? " " : String.valueOf(c)).getBytes(StandardCharsets.UTF_8));
      }
    }
    return utf8(bytes.toByteArray());
  }

  private static int octet(String text, int at) {
    int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
    int low = high < 0 ? -1 : Character.digit(text.charAt(at + 2), 16);
    if (low < 0)
      throw HttpProblem.of(ErrorCode.BAD_REQUEST, "the URL has '%' without two hexadecimal digits");
    return high << 4 | low;
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw HttpProblem.of(ErrorCode.BAD_REQUEST, "the URL's percent-encoding is not UTF-8");
    }
  }
}

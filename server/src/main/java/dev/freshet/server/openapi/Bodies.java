package dev.freshet.server.openapi;

import dev.freshet.application.Problem.Invalid;
import dev.freshet.event.Json;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Reads a body as the JSON that its content type says it is. */
final class Bodies {
  private Bodies() {}

  static @Nullable JsonNode read(Body described, @Nullable String contentType, byte[] body) {
    if (body.length == 0 && !described.required()) return null;
    if (described.contents().isEmpty()) return null;
    if (body.length == 0) throw HttpProblem.invalid("body", "", "is required");
    Body.Content content = content(described, contentType);
    JsonNode value = content.lines() ? lines(body) : parse(body, "");
    List<Invalid> errors = new ArrayList<>();
    if (content.lines()) {
      for (int i = 0; i < value.size(); i++)
        Validator.validate(content.schema(), value.get(i), "body", "/" + i, errors);
    } else {
      Validator.validate(content.schema(), value, "body", "", errors);
    }
    if (!errors.isEmpty()) throw HttpProblem.invalid(errors);
    return value;
  }

  private static Body.Content content(Body described, @Nullable String contentType) {
    String type = contentType == null ? "" : contentType;
    String mediaType = MediaType.of(type);
    String charset = MediaType.parameter(type, "charset");
    boolean utf8 = charset.isEmpty() || charset.toLowerCase(Locale.ROOT).equals("utf-8");
    return described
        .content(mediaType)
        .filter(c -> utf8)
        .orElseThrow(() ->
            HttpProblem.of(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                "content type '"
                    + MediaType.printable(type)
                    + "' is not read here; send "
                    + described.mediaTypes()
                    + " in UTF-8"));
  }

  private static ArrayNode lines(byte[] body) {
    ArrayNode values = Json.MAPPER.createArrayNode();
    int line = 0;
    for (int start = 0, end; start < body.length; start = end + 1) {
      end = start;
      while (end < body.length && body[end] != '\n') end++;
      line++;
      byte[] text = Arrays.copyOfRange(body, start, end);
      if (!blank(text)) values.add(parse(text, "line " + line + ": "));
    }
    return values;
  }

  private static boolean blank(byte[] text) {
    for (byte b : text) if (b != ' ' && b != '\t' && b != '\r') return false;
    return true;
  }

  private static JsonNode parse(byte[] text, String where) {
    try {
      JsonNode value = Json.MAPPER.readTree(text);
      if (value.isMissingNode())
        throw HttpProblem.of(ErrorCode.MALFORMED_JSON, where + "there is no JSON value");
      return value;
    } catch (JacksonException e) {
      throw HttpProblem.of(ErrorCode.MALFORMED_JSON, where + Malformed.describe(e));
    }
  }
}

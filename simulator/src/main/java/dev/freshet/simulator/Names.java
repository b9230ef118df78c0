package dev.freshet.simulator;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server names in its answers, and agents speak of in later reports. */
final class Names {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final List<String> MEMBERS = List.of("session_id", "instruction_id");

  private Names() {}

  /** By member, those of an answer that its request did not bring. */
  static Map<String, String> of(byte[] answer, String request) {
    Map<String, String> names = new LinkedHashMap<>();
    JsonNode body = json(answer);
    for (String member : MEMBERS) {
      String name = body.path(member).asString("");
      if (!name.isEmpty() && !request.contains(name)) names.put(member, name);
    }
    return names;
  }

  private static JsonNode json(byte[] text) {
    try {
      return MAPPER.readTree(new String(text, StandardCharsets.UTF_8));
    } catch (JacksonException notJson) {
      return MAPPER.nullNode();
    }
  }
}

package dev.freshet.agents.tool;

import dev.freshet.event.Json;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a text file, or lines of it.
 *
 * @param most bytes of text in a result
 */
record ReadFile(int most) implements Tool {
  @Override
  public String name() {
    return "read_file";
  }

  @Override
  public String description() {
    return "Reads a text file, from a line on where you say so. What is longer than "
        + most
        + " bytes is cut, which the result says.";
  }

  @Override
  public ObjectNode schema() {
    ObjectNode properties = Schemas.properties();
    properties.set("path", Schemas.text("which file, relative: a/b.txt"));
    properties.set("from", Schemas.count("the first line to read; lines count from 1"));
    properties.set("lines", Schemas.count("how many lines to read; all, if it is left out"));
    return Schemas.object(properties, "path");
  }

  @Override
  public Done run(Sandbox sandbox, JsonNode params) throws ToolException, IOException {
    SandboxPath path = SandboxPath.parse(params.path("path").asString());
    byte[] bytes = require(sandbox, path);
    String all = Utf8.text(path, bytes);
    String asked = lines(all, params.path("from").asLong(1), params.path("lines").asLong(0));
    String given = Utf8.cut(asked, most);
    ObjectNode result =
        Json.MAPPER
            .createObjectNode()
            .put("path", path.toString())
            .put("bytes", bytes.length)
            .put("content", given)
            .put("truncated", given.length() < asked.length());
    return Done.of(result);
  }

  static byte[] require(Sandbox sandbox, SandboxPath path) throws ToolException, IOException {
    return sandbox
        .read(path)
        .orElseThrow(() -> new ToolException("there is no file '" + path + "'"));
  }

  /**
   * @param count 0: all
   */
  private static String lines(String text, long from, long count) {
    if (from == 1 && count == 0) return text;
    List<String> lines =
        text.lines().skip(from - 1).limit(count == 0 ? Long.MAX_VALUE : count).toList();
    return String.join("\n", lines) + (lines.isEmpty() ? "" : "\n");
  }
}

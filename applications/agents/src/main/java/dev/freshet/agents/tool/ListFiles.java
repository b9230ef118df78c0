package dev.freshet.agents.tool;

import dev.freshet.event.Json;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says what files there are.
 *
 * @param most that a result names
 */
record ListFiles(int most) implements Tool {
  @Override
  public String name() {
    return "list_files";
  }

  @Override
  public String description() {
    return "Lists the files of the run's directory, or of a directory in it, those further down"
        + " too; at most "
        + most
        + ".";
  }

  @Override
  public ObjectNode schema() {
    ObjectNode properties = Schemas.properties();
    properties.set("path", Schemas.text("a directory, relative; all files, if it is left out"));
    return Schemas.object(properties);
  }

  @Override
  public Done run(Sandbox sandbox, JsonNode params) throws ToolException, IOException {
    SandboxPath path = SandboxPath.parse(params.path("path").asString(""));
    List<SandboxFile> files =
        sandbox
            .list(path, most + 1)
            .orElseThrow(() -> new ToolException("there is no directory '" + path + "'"));
    ObjectNode result = Json.MAPPER.createObjectNode();
    ArrayNode listed = result.putArray("files");
    files.stream()
        .limit(most)
        .forEach(file -> listed.addObject().put("path", file.path()).put("bytes", file.bytes()));
    return Done.of(result.put("truncated", files.size() > most));
  }
}

package dev.freshet.agents.tool;

import dev.freshet.event.Json;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a file whole. */
final class CreateFile implements Tool {
  @Override
  public String name() {
    return "create_file";
  }

  @Override
  public String description() {
    return "Writes a text file, with the directories that lead to it. A file that is there is"
        + " replaced only if you say so.";
  }

  @Override
  public ObjectNode schema() {
    ObjectNode properties = Schemas.properties();
    properties.set("path", Schemas.text("where, relative: a/b.txt"));
    properties.set("content", Schemas.text("the whole content"));
    properties.set("replace", Schemas.truth("whether a file that is there may be replaced"));
    return Schemas.object(properties, "path", "content");
  }

  @Override
  public Done run(Sandbox sandbox, JsonNode params)
      throws ToolException, IOException, InterruptedException {
    SandboxPath path = SandboxPath.parse(params.path("path").asString());
    byte[] content = Utf8.bytes(params.path("content").asString());
    boolean replaced = sandbox.write(path, content, params.path("replace").asBoolean(false));
    ObjectNode result =
        Json.MAPPER
            .createObjectNode()
            .put("path", path.toString())
            .put("bytes", content.length)
            .put("replaced", replaced);
    return new Done(result, List.of(new Written(path.toString(), content.length)));
  }
}

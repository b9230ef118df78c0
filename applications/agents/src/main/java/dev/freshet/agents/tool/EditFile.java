package dev.freshet.agents.tool;

import dev.freshet.event.Json;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Replaces text in a file, exactly as it stands there. */
final class EditFile implements Tool {
  @Override
  public String name() {
    return "edit_file";
  }

  @Override
  public String description() {
    return "Replaces text in a file. The old text must stand there exactly as given, line breaks"
        + " and spaces included, and only once unless you want all places changed.";
  }

  @Override
  public ObjectNode schema() {
    ObjectNode properties = Schemas.properties();
    properties.set("path", Schemas.text("which file, relative: a/b.txt"));
    properties.set("old", Schemas.text("the text to replace").put("minLength", 1));
    properties.set("new", Schemas.text("what comes in its place"));
    properties.set("all", Schemas.truth("whether all places are changed"));
    return Schemas.object(properties, "path", "old", "new");
  }

  @Override
  public Done run(Sandbox sandbox, JsonNode params)
      throws ToolException, IOException, InterruptedException {
    SandboxPath path = SandboxPath.parse(params.path("path").asString());
    String before = Utf8.text(path, ReadFile.require(sandbox, path));
    String old = params.path("old").asString();
    int places = places(before, old);
    if (places == 0) throw new ToolException("the old text does not stand in '" + path + "'");
    if (places > 1 && !params.path("all").asBoolean(false))
      throw new ToolException(
          "the old text stands in '"
              + path
              + "' "
              + places
              + " times; give more of it, or say all");
    String added = params.path("new").asString();
    requireRoom(sandbox, before, old, added, places);
    byte[] after = Utf8.bytes(before.replace(old, added));
    sandbox.write(path, after, true);
    ObjectNode result =
        Json.MAPPER
            .createObjectNode()
            .put("path", path.toString())
            .put("replacements", places)
            .put("bytes", after.length);
    return new Done(result, List.of(new Written(path.toString(), after.length)));
  }

  private static int places(String text, String part) {
    int places = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length()))
      places++;
    return places;
  }

  /** Before the memory for it is taken. */
  private static void requireRoom(
      Sandbox sandbox, String before, String old, String added, int places) throws ToolException {
    long after = before.length() + (long) places * (added.length() - old.length());
    if (after > sandbox.bounds().file())
      throw new ToolException(
          "the file would have more than "
              + sandbox.bounds().file()
              + " bytes (agents.file-bytes)");
  }
}

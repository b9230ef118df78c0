package dev.freshet.agents.route;

import dev.freshet.agents.run.Directories;
import dev.freshet.application.Call;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import dev.freshet.view.NativeRepresentation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The files that a run made, as something that no browser runs. */
final class RunFiles {
  private static final int LISTED = 10_000;
  private static final int SERVED = 64 << 20;
  private static final String BYTES = "application/octet-stream";

  private final Directories directories;

  RunFiles(Directories directories) {
    this.directories = directories;
  }

  Reply list(Call call) {
    String id = new Access(call).readable().topics().id();
    ObjectNode page = Json.MAPPER.createObjectNode();
    ArrayNode files = page.putArray("files");
    directories
        .list(call.tenant().name(), id, LISTED)
        .forEach(file ->
            files
                .addObject()
                .put("path", file.path())
                .put("bytes", file.bytes())
                .put("modifiedAt", NativeRepresentation.time(file.modifiedAt())));
    return Reply.of(200, page);
  }

  Reply read(Call call) {
    String id = new Access(call).readable().topics().id();
    String path = call.pathParameter("path");
    byte[] content =
        directories
            .read(call.tenant().name(), id, path, SERVED)
            .orElseThrow(() -> Failures.nothingThere("file"));
    return Reply.of(200, new Reply.Content(BYTES, content))
        .with("Content-Disposition", "attachment; filename*=UTF-8''" + name(path))
        .with("Content-Security-Policy", "sandbox; default-src 'none'")
        .with("Cache-Control", "no-store");
  }

  private static String name(String path) {
    return URLEncoder.encode(path.substring(path.lastIndexOf('/') + 1), StandardCharsets.UTF_8)
        .replace("+", "%20");
  }
}

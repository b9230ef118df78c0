package dev.freshet.agents.route;

import dev.freshet.agents.run.Directories;
import dev.freshet.application.Call;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import dev.freshet.view.NativeRepresentation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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
    Path file =
        directories
            .find(call.tenant().name(), id, call.pathParameter("path"))
            .orElseThrow(() -> Failures.nothingThere("file"));
    return Reply.of(200, new Reply.Content(BYTES, bytes(file)))
        .with("Content-Disposition", "attachment; filename*=UTF-8''" + name(file))
        .with("Content-Security-Policy", "sandbox; default-src 'none'")
        .with("Cache-Control", "no-store");
  }

  private static byte[] bytes(Path file) {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(SERVED + 1);
      if (bytes.length > SERVED) throw Failures.nothingThere("file that is small enough to serve");
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return URLEncoder.encode(String.valueOf(file.getFileName()), StandardCharsets.UTF_8)
        .replace("+", "%20");
  }
}

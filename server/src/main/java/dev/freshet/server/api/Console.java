package dev.freshet.server.api;

import dev.freshet.server.console.ConsoleFiles;
import dev.freshet.server.console.ConsoleFiles.ConsoleFile;
import dev.freshet.server.http.Answer;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The web console: its files, and its one document at the root and wherever its pages lie. */
final class Console implements Handler {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String POLICY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  private static final String NOT_BUILT =
      """
      <!doctype html><meta charset="utf-8"><title>Freshet</title>
      <h1>Freshet runs</h1>
      <p>The web console has not been built. <code>./run</code> builds it, or by hand:
      <code>cd web &amp;&amp; npm ci &amp;&amp; npm run build --workspace console</code>,
      then start the server with <code>FRESHET_CONSOLE_DIRECTORY=web/console/dist</code>.</p>
      <p>The API: <a href="/openapi.json">/openapi.json</a>, <a href="/health/ready">/health/ready</a>,
      <a href="/metrics">/metrics</a>.</p>
      """;

  private final boolean enabled;
  private final ConsoleFiles files;

  Console(boolean enabled, ConsoleFiles files) {
    this.enabled = enabled;
    this.files = files;
  }

  @Override
  public Answer handle(Request request) {
    String path = request.head().path().substring(1);
    Optional<ConsoleFile> file = enabled ? files.file(path) : Optional.empty();
    if (file.isPresent()) return answer(file.get());
    if (enabled && page(path))
      return files.index().map(Console::answer).orElseGet(Console::notBuilt);
    throw HttpProblem.of(
        ErrorCode.NOT_FOUND, "there is nothing at this path; /openapi.json lists what there is");
  }

  private static boolean page(String path) {
    return path.isEmpty() || path.equals("console") || path.startsWith("console/");
  }

  private static Answer notBuilt() {
    return guarded(
        Answer.of(200, HTML, NOT_BUILT.getBytes(StandardCharsets.UTF_8))
            .with("cache-control", "no-cache"));
  }

  private static Answer answer(ConsoleFile file) {
    String keep = file.forever() ? "public, max-age=31536000, immutable" : "no-cache";
    return guarded(Answer.of(200, file.contentType(), file.content()).with("cache-control", keep));
  }

  private static Answer guarded(Answer answer) {
    return answer.with("content-security-policy", POLICY).with("referrer-policy", "no-referrer");
  }
}

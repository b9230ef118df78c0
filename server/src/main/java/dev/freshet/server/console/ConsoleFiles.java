package dev.freshet.server.console;

import dev.freshet.server.config.ConsoleConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The files of the web console. Thread-safe. */
public final class ConsoleFiles {
  private static final String HTML = "text/html; charset=utf-8";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", HTML),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  /** What the build put a hash of its content into the name of never changes. */
  private static final Pattern HASHED = Pattern.compile("assets/.*-[A-Za-z0-9_-]{8,}\\.\\w+");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@.-]+(/[A-Za-z0-9_@.-]+)*");

  private final Optional<Path> directory;

  public ConsoleFiles(ConsoleConfig config) {
    Path found = directory(config);
    this.directory =
        Files.isRegularFile(found.resolve("index.html"))
            ? Optional.of(found.toAbsolutePath())
            : Optional.empty();
  }

  /**
   * A file of the console.
   *
   * @param forever whether it can be kept without asking again
   */
  @SuppressWarnings("ArrayRecordComponent") // files are written, not compared
  public record ConsoleFile(String contentType, byte[] content, boolean forever) {}

  /** Whether the console has been built. */
  public boolean there() {
    return directory.isPresent();
  }

  /**
   * @param path without the leading slash
   */
  public Optional<ConsoleFile> file(String path) {
    return directory
        .filter(d -> PLAIN.matcher(path).matches() && !path.contains(".."))
        .flatMap(d -> read(d, path));
  }

  /** The page that shows whatever its URL says. */
  public Optional<ConsoleFile> index() {
    return directory.flatMap(d -> read(d, "index.html"));
  }

  private static Optional<ConsoleFile> read(Path directory, String path) {
    Path file = directory.resolve(path).normalize();
    if (!file.startsWith(directory) || !Files.isRegularFile(file)) return Optional.empty();
    String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    try {
      byte[] content = Files.readAllBytes(file);
      String type = TYPES.getOrDefault(extension, "application/octet-stream");
      return Optional.of(new ConsoleFile(type, content, HASHED.matcher(path).matches()));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static Path directory(ConsoleConfig config) {
    if (!config.directory().isEmpty()) return Path.of(config.directory());
    return Path.of(System.getProperty("freshet.home", "."), "console");
  }
}

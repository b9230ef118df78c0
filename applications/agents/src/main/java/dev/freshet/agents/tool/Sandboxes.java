package dev.freshet.agents.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directories of all runs: {@code {base}/{tenant}/{executionId}}. Nobody but the server writes
 * the base and the tenants' directories; what is below a run's own may be anything.
 */
public final class Sandboxes {
  private final Path base;
  private final Sandbox.Bounds bounds;

  /**
   * @param base made when it is first needed
   */
  public Sandboxes(Path base, Sandbox.Bounds bounds) {
    this.base = base.toAbsolutePath().normalize();
    this.bounds = bounds;
  }

  /** The directory of a run, which need not be there. */
  public Sandbox of(String tenant, String executionId) {
    String name = name(executionId);
    if (!name.equals(executionId)) throw new IllegalArgumentException("no id: " + executionId);
    return new Sandbox(base, name(tenant), name, bounds);
  }

  /** Whether this file system can hold directories open, which is what confines paths. */
  public boolean supported() {
    try {
      make(base);
      return Sandbox.handles(base);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static void make(Path directory) throws IOException {
    if (Files.isDirectory(directory)) return;
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix)
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    else Files.createDirectories(directory);
  }

  /** As the name of a directory; no two texts have the same one. */
  private static String name(String text) {
    StringBuilder name = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean kept =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-'
              || (c == '.' && !name.isEmpty());
      if (kept) name.append(c);
      else name.append(String.format("~%02X", (int) c));
    }
    return name.toString();
  }
}

package dev.freshet.tasks.transfer;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The directories that files may be written to. Each tenant has a part of its own in each root,
 * which it can't leave: names are checked before, and where a directory really is, links followed,
 * when it is entered. (Who can make links in the roots has access to the server's disk anyway.)
 */
final class Roots {
  private final Map<String, Path> paths = new LinkedHashMap<>();

  Roots(List<Path> roots) {
    for (Path root : roots) {
      Path name = root.toAbsolutePath().normalize().getFileName();
      if (name == null || paths.put(name.toString(), root.toAbsolutePath()) != null)
        throw new IllegalArgumentException("roots are named by their last segments: " + roots);
    }
  }

  List<String> names() {
    return List.copyOf(paths.keySet());
  }

  /**
   * The directory, made if it is not there.
   *
   * @throws TransferException if it is not in the tenant's part of the root
   */
  Path directory(String tenant, TransferParams params) throws TransferException {
    Path root = paths.get(params.root());
    if (root == null)
      throw TransferException.task(
          "root_missing", "this server has no root '" + params.root() + "'");
    try {
      Path base = enter(root.toRealPath(), root.toRealPath(), Names.ofTenant(tenant));
      Path at = base;
      for (String name : Names.segments(params.directory())) at = enter(base, at, name);
      return at;
    } catch (IOException failed) {
      throw Storage.failure(failed);
    }
  }

  private static Path enter(Path base, Path at, String name) throws IOException, TransferException {
    Path next = at.resolve(name);
    try {
      Files.createDirectory(next);
    } catch (FileAlreadyExistsException there) {
      // It may also be a link, or a file.
    }
    Path real = next.toRealPath();
    if (!real.startsWith(base) || !Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS))
      throw TransferException.task("path_escapes_root", "'" + name + "' leads out of the root");
    return real;
  }
}

package dev.freshet.agents.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Where runs have their files: {@code {directory}/{tenant}/{executionId}}. Thread-safe. */
public final class Directories {
  private final Path root;

  /**
   * A file of a run.
   *
   * @param path below the run's directory, its segments joined by {@code /}
   */
  public record RunFile(String path, long bytes, Instant modifiedAt) {}

  Directories(Path root) {
    this.root = root;
  }

  /** The run's directory, which need not be there. */
  public Path of(String tenant, String id) {
    return root.resolve(tenant).resolve(id);
  }

  /** The run's directory, made if it is not there. */
  public Path made(String tenant, String id) {
    try {
      return Files.createDirectories(of(tenant, id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The run's files, by path, at most so many; what is no plain file is left out. */
  public List<RunFile> list(String tenant, String id, int most) {
    Path directory = of(tenant, id);
    List<RunFile> files = new ArrayList<>();
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) return files;
    try {
      Files.walkFileTree(directory, new Listing(directory, files, most));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(Comparator.comparing(RunFile::path));
    return files;
  }

  /**
   * The file at this path of the run's; empty if there is none. No path leads out of the run's
   * directory, also not by a symbolic link.
   */
  public Optional<Path> find(String tenant, String id, String path) {
    if (path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0) return Optional.empty();
    Path at = of(tenant, id);
    for (String segment : path.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) return Optional.empty();
      if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
      at = at.resolve(segment);
    }
    return Optional.of(at).filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS));
  }

  void delete(String tenant, String id) {
    Path directory = of(tenant, id);
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) return;
    try {
      Files.walkFileTree(directory, new Removal());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Listing extends SimpleFileVisitor<Path> {
    private final Path directory;
    private final List<RunFile> files;
    private final int most;

    Listing(Path directory, List<RunFile> files, int most) {
      this.directory = directory;
      this.files = files;
      this.most = most;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        String path = directory.relativize(file).toString().replace('\\', '/');
        files.add(new RunFile(path, attributes.size(), attributes.lastModifiedTime().toInstant()));
      }
      return files.size() < most ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failed)
        throws IOException {
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}

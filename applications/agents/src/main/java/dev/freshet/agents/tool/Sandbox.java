package dev.freshet.agents.tool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The directory of one run, which no path leaves. Every directory on the way is opened from the one
 * before it and never through a link, so that a link put in its place between the look and the use
 * gains nothing; files are read and replaced from the directory that holds them, in the same way.
 * Bounded in the size of a file, the number of files and their bytes. Thread-safe.
 */
public final class Sandbox {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> MAKE =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);

  /** Where directories are made before they are moved to their place; no tenant is called so. */
  private static final String STAGE = ".new";

  private final Path base;
  private final List<String> place;
  private final Bounds bounds;
  private final ReentrantLock writing = new ReentrantLock();

  /**
   * @param file bytes of one file
   * @param files and directories, together
   * @param total bytes of all files
   */
  public record Bounds(long file, int files, long total) {}

  /** What a directory holds, as far as it was looked at. */
  record Held(long entries, long bytes) {}

  Sandbox(Path base, String tenant, String name, Bounds bounds) {
    this.base = base;
    this.place = List.of(tenant, name);
    this.bounds = bounds;
  }

  /**
   * @param directory {@code {base}/{tenant}/{run}}, of which only the last is not the server's own
   */
  public static Sandbox at(Path directory, Bounds bounds) {
    Path run = directory.toAbsolutePath().normalize();
    Path tenant = run.getParent();
    Path base = tenant == null ? null : tenant.getParent();
    if (tenant == null || base == null) throw new IllegalArgumentException("no run's: " + run);
    return new Sandbox(base, tenant.getFileName().toString(), run.getFileName().toString(), bounds);
  }

  public Bounds bounds() {
    return bounds;
  }

  /** Where it is on the disk: what a command is given as its working directory. */
  Path directory() {
    return base.resolve(place.get(0)).resolve(place.get(1));
  }

  /** Makes the directory if it is not there. */
  public void create() throws IOException {
    make(directory());
  }

  /** Removes the directory and all that is in it. */
  public void delete() throws IOException {
    writing.lock();
    try (Opened tenant = open(place.subList(0, 1))) {
      remove(tenant.stream(), Path.of(place.get(1)));
    } catch (NoSuchFileException gone) {
      // As it should be.
    } finally {
      writing.unlock();
    }
  }

  private static void remove(SecureDirectoryStream<Path> from, Path name) throws IOException {
    BasicFileAttributes attributes = attributes(from, name);
    if (!attributes.isDirectory()) {
      from.deleteFile(name);
      return;
    }
    try (SecureDirectoryStream<Path> inner =
        from.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      for (Path entry : inner) remove(inner, entry.getFileName());
    }
    from.deleteDirectory(name);
  }

  /**
   * Reads a file.
   *
   * @return empty if there is none: links and other special files count as none
   */
  public Optional<byte[]> read(SandboxPath path) throws IOException, ToolException {
    if (path.root()) return Optional.empty();
    try (Opened parent = open(path.parent())) {
      Path name = Path.of(path.last());
      if (!attributes(parent.stream(), name).isRegularFile()) return Optional.empty();
      try (SeekableByteChannel channel = parent.stream().newByteChannel(name, READ);
          InputStream in = Channels.newInputStream(channel)) {
        byte[] content = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, bounds.file() + 1));
        if (content.length > bounds.file()) throw tooLarge(path, channel.size());
        return Optional.of(content);
      }
    } catch (FileSystemException missing) {
      if (absent(missing)) return Optional.empty();
      throw missing;
    }
  }

  private ToolException tooLarge(SandboxPath path, long size) {
    return new ToolException(
        "'"
            + path
            + "' has "
            + size
            + " bytes; a file may have "
            + bounds.file()
            + " (agents.file-bytes)");
  }

  /**
   * All files below a directory, in the order of their paths, not more than so many.
   *
   * @return empty if there is no such directory
   */
  public Optional<List<SandboxFile>> list(SandboxPath path, int most) throws IOException {
    List<SandboxFile> files = new ArrayList<>();
    try (Opened at = open(path)) {
      collect(at.stream(), path, most, files);
    } catch (FileSystemException missing) {
      if (absent(missing)) return Optional.empty();
      throw missing;
    }
    files.sort(Comparator.comparing(SandboxFile::path));
    return Optional.of(List.copyOf(files));
  }

  private static void collect(
      SecureDirectoryStream<Path> at, SandboxPath path, int most, List<SandboxFile> files)
      throws IOException {
    for (Path entry : at) {
      if (files.size() >= most) return;
      String name = entry.getFileName().toString();
      if (!SandboxPath.valid(name) || path.names().size() >= SandboxPath.MAX_DEPTH) continue;
      try {
        BasicFileAttributes attributes = attributes(at, entry.getFileName());
        if (attributes.isRegularFile())
          files.add(
              new SandboxFile(
                  path.child(name).toString(),
                  attributes.size(),
                  attributes.lastModifiedTime().toInstant()));
        if (!attributes.isDirectory()) continue;
        try (SecureDirectoryStream<Path> inner =
            at.newDirectoryStream(entry.getFileName(), LinkOption.NOFOLLOW_LINKS)) {
          collect(inner, path.child(name), most, files);
        }
      } catch (FileSystemException gone) {
        if (!absent(gone)) throw gone;
      }
    }
  }

  /**
   * Writes a file whole, with the directories that lead to it: who reads it meanwhile sees what was
   * there before or what is there after.
   *
   * @param replace whether a file that is there may be replaced
   * @return whether there was one
   */
  public boolean write(SandboxPath path, byte[] content, boolean replace)
      throws IOException, ToolException, InterruptedException {
    if (path.root()) throw new ToolException("the path names no file");
    if (content.length > bounds.file()) throw tooLarge(path, content.length);
    writing.lockInterruptibly();
    try (Opened parent = make(path.parent())) {
      long before = requireReplaceable(parent.stream(), path, replace);
      requireRoom(content.length, before);
      put(parent.stream(), path.last(), content);
      return before >= 0;
    } catch (ClosedByInterruptException stopped) {
      throw new InterruptedException();
    } finally {
      writing.unlock();
    }
  }

  /** The size of the file that is there; -1 if there is none. */
  private static long requireReplaceable(
      SecureDirectoryStream<Path> parent, SandboxPath path, boolean replace)
      throws IOException, ToolException {
    BasicFileAttributes there;
    try {
      there = attributes(parent, Path.of(path.last()));
    } catch (NoSuchFileException none) {
      return -1;
    }
    if (!there.isRegularFile()) throw new ToolException("'" + path + "' is there, and is no file");
    if (!replace) throw new ToolException("'" + path + "' is there already");
    return there.size();
  }

  private void requireRoom(long bytes, long before) throws IOException, ToolException {
    Held held = held();
    if (before < 0 && held.entries() >= bounds.files())
      throw new ToolException(
          "the run's directory has "
              + held.entries()
              + " files and directories; it may have "
              + bounds.files()
              + " (agents.files)");
    long after = held.bytes() - Math.max(0, before) + bytes;
    if (after > bounds.total())
      throw new ToolException(
          "the run's directory would have "
              + after
              + " bytes; it may have "
              + bounds.total()
              + " (agents.directory-bytes)");
  }

  /** Whether a directory is past a bound, however that came. */
  boolean overfull() throws IOException {
    Held held = held();
    return held.entries() > bounds.files() || held.bytes() > bounds.total();
  }

  private Held held() throws IOException {
    try (Opened at = open(SandboxPath.ROOT)) {
      return held(at.stream(), new Held(0, 0), 0);
    }
  }

  /** Counts no further than is needed to know that it is too much. */
  private Held held(SecureDirectoryStream<Path> at, Held before, int depth) throws IOException {
    Held held = before;
    for (Path entry : at) {
      if (held.entries() > bounds.files() || held.bytes() > bounds.total()) return held;
      try {
        BasicFileAttributes attributes = attributes(at, entry.getFileName());
        held =
            new Held(
                held.entries() + 1,
                held.bytes() + (attributes.isRegularFile() ? attributes.size() : 0));
        if (!attributes.isDirectory()) continue;
        if (depth > 2 * SandboxPath.MAX_DEPTH) return new Held(Long.MAX_VALUE, held.bytes());
        try (SecureDirectoryStream<Path> inner =
            at.newDirectoryStream(entry.getFileName(), LinkOption.NOFOLLOW_LINKS)) {
          held = held(inner, held, depth + 1);
        }
      } catch (FileSystemException gone) {
        if (!absent(gone)) throw gone;
      }
    }
    return held;
  }

  private static void put(SecureDirectoryStream<Path> parent, String name, byte[] content)
      throws IOException {
    Path part = Path.of(SandboxPath.HIDDEN + UUID.randomUUID());
    boolean moved = false;
    try {
      try (SeekableByteChannel channel = parent.newByteChannel(part, MAKE)) {
        ByteBuffer left = ByteBuffer.wrap(content);
        while (left.hasRemaining()) channel.write(left);
      }
      parent.move(part, parent, Path.of(name));
      moved = true;
    } finally {
      if (!moved) discard(parent, part);
    }
  }

  private static void discard(SecureDirectoryStream<Path> parent, Path part) {
    try {
      parent.deleteFile(part);
    } catch (IOException gone) {
      // It was not made, or goes with the directory.
    }
  }

  /** The directory at a path, made where it is not there. */
  private Opened make(SandboxPath path) throws IOException, ToolException {
    Opened at = open(SandboxPath.ROOT);
    try {
      for (String name : path.names()) {
        try {
          at = at.enter(name);
        } catch (NoSuchFileException missing) {
          requireRoom(0, -1);
          stage(at.stream(), name);
          at = at.enter(name);
        }
      }
      return at;
    } catch (FileSystemException blocked) {
      at.close();
      if (!absent(blocked)) throw blocked;
      throw new ToolException("'" + path + "' is no directory");
    } catch (IOException | ToolException | RuntimeException failed) {
      at.close();
      throw failed;
    }
  }

  /** There is no way to make a directory in one that is open, but there is one to move it there. */
  private void stage(SecureDirectoryStream<Path> parent, String name) throws IOException {
    Path stage = base.resolve(STAGE);
    make(stage);
    Path made = Files.createDirectory(stage.resolve(UUID.randomUUID().toString()));
    try (Opened from = open(List.of(STAGE))) {
      from.stream().move(made.getFileName(), parent, Path.of(name));
    } finally {
      Files.deleteIfExists(made);
    }
  }

  private Opened open(SandboxPath path) throws IOException {
    Opened at = open(place);
    for (String name : path.names()) {
      try {
        at = at.enter(name);
      } catch (IOException | RuntimeException failed) {
        at.close();
        throw failed;
      }
    }
    return at;
  }

  private Opened open(List<String> below) throws IOException {
    Opened at = new Opened(base());
    for (String name : below) {
      try {
        at = at.enter(name);
      } catch (IOException | RuntimeException failed) {
        at.close();
        throw failed;
      }
    }
    return at;
  }

  @SuppressWarnings("StreamResourceLeak") // Closed by who asked for it.
  private SecureDirectoryStream<Path> base() throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(base);
    if (stream instanceof SecureDirectoryStream<Path> secure) return secure;
    stream.close();
    throw new IOException("the file system of the data directory cannot hold directories open");
  }

  private static void make(Path directory) throws IOException {
    if (Files.isDirectory(directory)) return;
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix)
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    else Files.createDirectories(directory);
  }

  private static BasicFileAttributes attributes(SecureDirectoryStream<Path> at, Path name)
      throws IOException {
    return at.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  /** Not there, or not reachable without following a link. */
  private static boolean absent(FileSystemException failed) {
    String reason = String.valueOf(failed.getReason());
    return failed instanceof NoSuchFileException
        || failed instanceof NotDirectoryException
        || reason.contains("Not a directory")
        || reason.contains("Too many levels of symbolic links");
  }

  /** An open directory. */
  private record Opened(SecureDirectoryStream<Path> stream) implements AutoCloseable {
    /** The directory of that name in this one, which is closed; stays open if there is none. */
    Opened enter(String name) throws IOException {
      SecureDirectoryStream<Path> inner =
          stream.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS);
      stream.close();
      return new Opened(inner);
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}

package dev.freshet.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Says in the log directory, while it is open, what the end of this process or of the machine would
 * lose. Who finds it there knows that the directory was not closed, and whether acknowledged events
 * may be gone: then the offsets are about to be given to other events, and the logs need new epochs
 * (U3).
 */
final class Session implements AutoCloseable {
  static final String FILE = "freshet.session";

  /** Names the run of the operating system; not there, or empty, where that is not known. */
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private final Path file;
  private final Durability durability;
  private final String boot;
  private final boolean lossy;

  /** To be made by who holds the directory's lock. */
  Session(Path directory, Durability durability) {
    this(directory, durability, BOOT_ID);
  }

  Session(Path directory, Durability durability, Path bootFile) {
    this.file = directory.resolve(FILE);
    this.durability = durability;
    try {
      this.boot = Files.exists(bootFile) ? Files.readString(bootFile).strip() : "";
      this.lossy = Files.exists(file) && lost(Files.readAllLines(file));
    } catch (IOException e) {
      throw new LogException.StorageFailed("'" + file + "' cannot be read: " + e, e);
    }
  }

  private boolean lost(List<String> before) {
    return switch (before.isEmpty() ? "" : before.getFirst()) {
      case "FSYNC" -> false;
      case "OS" -> boot.isEmpty() || !boot.equals(before.getLast());
      default -> true;
    };
  }

  /** Whether events that were acknowledged in the session before may be gone. */
  boolean lossy() {
    return lossy;
  }

  /** To be called when what the session before lost has been seen to. */
  void begin() {
    try {
      Files.write(file, List.of(durability.name(), boot));
      try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
        written.force(true);
      }
    } catch (IOException e) {
      throw new LogException.StorageFailed("'" + file + "' cannot be written: " + e, e);
    }
  }

  /** To be called when everything else is on the disk. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new LogException.StorageFailed("'" + file + "' cannot be deleted: " + e, e);
    }
  }
}

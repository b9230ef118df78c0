package dev.freshet.tasks.transfer;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What goes wrong on the disk, and what makes it lasting. */
final class Storage {
  private Storage() {}

  /** A file that could not be written, as a reason for the whole task to fail. */
  static TransferException failure(IOException failed) {
    if (full(failed)) return full();
    String reason =
        failed instanceof FileSystemException of && of.getReason() != null
            ? of.getReason()
            : failed.getClass().getSimpleName();
    return TransferException.task("storage_failed", "the file could not be written: " + reason);
  }

  private static boolean full(IOException failed) {
    String message = String.valueOf(failed.getMessage());
    return message.contains("No space left")
        || message.contains("quota exceeded")
        || message.contains("File too large");
  }

  static TransferException full() {
    return TransferException.task(
        "disk_full", "the disk has no room; make some and retry: what was fetched is kept");
  }

  /** Refuses what does not fit, before it is begun. */
  static void requireRoom(Path directory, long bytes) throws TransferException {
    try {
      if (Files.getFileStore(directory).getUsableSpace() < bytes) throw full();
    } catch (IOException failed) {
      throw failure(failed);
    }
  }

  /** Writes something of a file; being interrupted is not the disk's fault. */
  static void write(Writing writing) throws TransferException, InterruptedException {
    try {
      writing.run();
    } catch (ClosedByInterruptException stopped) {
      throw new InterruptedException();
    } catch (IOException failed) {
      if (Thread.currentThread().isInterrupted()) throw new InterruptedException();
      throw failure(failed);
    }
  }

  /** Some work on the disk. */
  @FunctionalInterface
  interface Writing {
    void run() throws IOException;
  }

  /** Makes new names in a directory lasting. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

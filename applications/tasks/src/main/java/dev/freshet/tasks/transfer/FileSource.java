package dev.freshet.tasks.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * A file on the server's own disk, if it really is, links followed, below one of the directories
 * that may be read.
 */
record FileSource(Path path, List<Path> roots) implements Source {
  private Path real() throws IOException, TransferException {
    try {
      Path real = path.toRealPath();
      for (Path root : roots) {
        if (real.startsWith(root.toRealPath()) && Files.isRegularFile(real)) return real;
      }
    } catch (NoSuchFileException gone) {
      // Not told apart from what may not be read.
    }
    throw TransferException.file(
        "source_refused", "there is no such file below the directories of tasks.file-roots");
  }

  @Override
  public Found look() throws IOException, TransferException {
    return new Found(identity(real()), true);
  }

  private static Identity identity(Path real) throws IOException {
    BasicFileAttributes file =
        Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return new Identity(null, file.lastModifiedTime() + " " + file.fileKey(), file.size());
  }

  @Override
  public Content range(long from, long to, Identity known)
      throws IOException, TransferException, SourceChangedException {
    Path real = real();
    if (!identity(real).equals(known)) throw new SourceChangedException(false);
    return open(real, from);
  }

  @Override
  public Content whole() throws IOException, TransferException {
    return open(real(), 0);
  }

  private static Content open(Path real, long from) throws IOException {
    FileChannel channel =
        FileChannel.open(real, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    channel.position(from);
    return new Opened(channel, identity(real));
  }

  private record Opened(FileChannel channel, Identity identity) implements Content {
    @Override
    public InputStream stream() {
      return Channels.newInputStream(channel);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}

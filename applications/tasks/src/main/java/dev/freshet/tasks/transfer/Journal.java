package dev.freshet.tasks.transfer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.freshet.event.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What is known of a file that is not complete, written beside it.
 *
 * @param url of the source, without its query
 * @param spans which bytes are to be fetched, and which of them are on the disk
 * @param sum set when the file is complete and is given its name
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Journal(String url, Identity identity, List<Span> spans, @Nullable String sum) {
  private static final int MAX_BYTES = 1 << 20;

  /**
   * Neighbouring bytes.
   *
   * @param end exclusive
   * @param next those before it, from {@code start}, are on the disk
   */
  record Span(long start, long end, long next) {}

  Journal {
    spans = List.copyOf(spans);
  }

  boolean sound() {
    Long length = identity.length();
    if (length == null) return false;
    long at = 0;
    for (Span span : spans) {
      if (span.start() != at || span.next() < span.start() || span.next() > span.end())
        return false;
      at = span.end();
    }
    return at == length;
  }

  /** Empty if there is none that can be used. */
  static Optional<Journal> read(Path file) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_BYTES)
        return Optional.empty();
      return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), Journal.class))
          .filter(Journal::sound);
    } catch (IOException | JacksonException | NullPointerException broken) {
      return Optional.empty();
    }
  }

  /** Replaces the one before, at once and lastingly. */
  void write(Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + "~");
    Files.deleteIfExists(fresh);
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer bytes = ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(this));
      while (bytes.hasRemaining()) channel.write(bytes);
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}

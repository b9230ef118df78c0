package dev.freshet.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording in the order in which the reports arrived, with no more than a window of it in
 * memory. A last line that was cut off by a crash is passed over.
 */
final class RecordingReader implements AutoCloseable {
  /** More than were ever on their way to the server at one time. */
  private static final int WINDOW = 256;

  private static final int LONGEST_LINE = 128 << 20;

  private final Path file;
  private final InputStream in;
  private final PriorityQueue<Recorded> window =
      new PriorityQueue<>(Comparator.comparingLong(Recorded::n));
  private long line;
  private boolean ended;
  private boolean truncated;

  RecordingReader(Path file) throws IOException {
    this.file = file;
    this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
  }

  /** Whether the last line was cut off; known at the end. */
  boolean truncated() {
    return truncated;
  }

  /**
   * The next report; empty at the end.
   *
   * @throws RecordingException if a line is none
   */
  Optional<Recorded> next() throws IOException {
    while (!ended && window.size() < WINDOW) {
      Recorded recorded = read();
      if (recorded != null) window.add(recorded);
    }
    return Optional.ofNullable(window.poll());
  }

  private @Nullable Recorded read() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int b = in.read();
    while (b >= 0 && b != '\n') {
      bytes.write(b);
      if (bytes.size() > LONGEST_LINE) throw wrong(line + 1, "it exceeds 128 MiB");
      b = in.read();
    }
    ended = b < 0;
    if (ended && bytes.size() == 0) return null;
    line++;
    try {
      return Recorded.read(bytes.toString(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      if (!ended) throw wrong(line, String.valueOf(e.getMessage()));
      truncated = true;
      return null;
    }
  }

  private RecordingException wrong(long number, String what) {
    return new RecordingException(file + ": line " + number + ": " + what);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

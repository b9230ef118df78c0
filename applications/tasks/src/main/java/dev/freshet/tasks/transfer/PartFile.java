package dev.freshet.tasks.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A file that is not complete: {@code .NAME.freshet-part} with its {@link Journal} beside it. At
 * most a second of work is lost in a crash: so often what was written is made lasting, and then
 * noted. Its ranges may be written side by side.
 */
final class PartFile {
  private static final Duration CHECKPOINT = Duration.ofSeconds(1);

  private final Path data;
  private final Path notes;
  private final String url;
  private final ReentrantLock noting = new ReentrantLock();
  private @Nullable Identity identity;
  private volatile List<Range> ranges = List.of();
  private volatile long noted = System.nanoTime();

  PartFile(Path directory, String name, String url) {
    this.data = directory.resolve("." + name + Names.PART);
    this.notes = directory.resolve("." + name + Names.JOURNAL);
    this.url = url;
  }

  /** A part of the file, written from its beginning to its end. */
  static final class Range {
    private final long start;
    private final long end;
    private final AtomicLong next;

    Range(long start, long end, long next) {
      this.start = start;
      this.end = end;
      this.next = new AtomicLong(next);
    }

    long next() {
      return next.get();
    }

    long end() {
      return end;
    }

    boolean complete() {
      return next() == end;
    }

    private Journal.Span span() {
      return new Journal.Span(start, end, next());
    }
  }

  Path data() {
    return data;
  }

  List<Range> ranges() {
    return ranges;
  }

  /** So much of it is there. */
  long done() {
    return ranges.stream().mapToLong(range -> range.next() - range.start).sum();
  }

  /** The sum of the file, if it was complete and about to get its name. */
  Optional<String> placed() {
    return Journal.read(notes).map(Journal::sum);
  }

  /** Takes up what an earlier run left of the same content; false if there is nothing of use. */
  boolean resume(Identity content) throws IOException {
    Optional<Journal> journal = Journal.read(notes);
    if (journal.isEmpty()
        || !journal.get().url().equals(url)
        || !journal.get().identity().equals(content)
        || !Files.isRegularFile(data, LinkOption.NOFOLLOW_LINKS)
        || !Long.valueOf(Files.size(data)).equals(content.length())) return false;
    identity = content;
    ranges =
        journal.get().spans().stream().map(s -> new Range(s.start(), s.end(), s.next())).toList();
    return true;
  }

  /** Begins anew, in so many ranges. */
  void begin(Identity content, long length, int count) throws IOException {
    discard();
    try (FileChannel channel = open()) {
      channel.write(ByteBuffer.allocate(1), length - 1);
    }
    identity = content;
    ranges =
        LongStream.range(0, count)
            .mapToObj(
                i -> new Range(i * length / count, (i + 1) * length / count, i * length / count))
            .toList();
    note(null);
  }

  /** Begins anew, without a journal: what has no identity can't be resumed. */
  void beginWhole() throws IOException {
    discard();
    open().close();
  }

  /** For writing; not through a link. */
  FileChannel open() throws IOException {
    return FileChannel.open(
        data, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  void write(FileChannel channel, Range range, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int count = channel.write(bytes, range.next());
      range.next.addAndGet(count);
    }
    if (System.nanoTime() - noted > CHECKPOINT.toNanos() && noting.tryLock()) {
      try {
        checkpoint(channel);
      } finally {
        noting.unlock();
      }
    }
  }

  private void checkpoint(FileChannel channel) throws IOException {
    List<Journal.Span> spans = spans();
    channel.force(false);
    write(spans, null);
  }

  /** What is written when this is called, of which a later sync makes all lasting. */
  private List<Journal.Span> spans() {
    return ranges.stream().map(Range::span).toList();
  }

  private void write(List<Journal.Span> spans, @Nullable String sum) throws IOException {
    if (identity == null) return;
    new Journal(url, identity, spans, sum).write(notes);
    noted = System.nanoTime();
  }

  /** Makes all that was written lasting, and notes it. */
  void checkpoint() throws IOException {
    if (identity == null) return;
    noting.lock();
    try (FileChannel channel = open()) {
      checkpoint(channel);
    } finally {
      noting.unlock();
    }
  }

  /**
   * Notes that the file is complete and gets its name; if that is cut short, the sum tells whether
   * it has it.
   */
  void placing(String sum, long length) throws IOException {
    try (FileChannel channel = open()) {
      channel.force(true);
    }
    if (identity == null) identity = new Identity(null, null, length);
    if (ranges.isEmpty()) ranges = List.of(new Range(0, length, length));
    note(sum);
  }

  private void note(@Nullable String sum) throws IOException {
    noting.lock();
    try {
      write(spans(), sum);
    } finally {
      noting.unlock();
    }
  }

  /** Removes it; the journal first, so that it never tells of what is not there. */
  void discard() throws IOException {
    identity = null;
    ranges = List.of();
    Files.deleteIfExists(notes);
    Files.deleteIfExists(data);
  }
}

package dev.freshet.tasks.transfer;

import dev.freshet.tasks.Status;
import dev.freshet.tasks.TaskRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file on its way: fetched in ranges where the source allows it, verified, given its name. */
final class FileTransfer {
  private static final Logger LOG = LoggerFactory.getLogger(FileTransfer.class);
  private static final int MAX_RESTARTS = 3;

  private final Item item;
  private final Source source;
  private final Context context;
  private final TaskRun.Report report;
  private final Attempts attempts;
  private final Path target;
  private final PartFile part;

  FileTransfer(Item item, Source source, Context context, TaskRun.Report report) {
    this.item = item;
    this.source = source;
    this.context = context;
    this.report = report;
    this.attempts = new Attempts(context, report);
    this.target = context.directory().resolve(item.name());
    this.part = new PartFile(context.directory(), item.name(), Urls.withoutQuery(item.url()));
  }

  void run() throws TransferException, InterruptedException {
    report.attempt();
    report.status(Status.RUNNING);
    if (thereAlready()) return;
    fetch();
    report.status(Status.VERIFYING);
    verifyAndPlace();
  }

  /** Whether the file was made before: by a run that was cut short, or by somebody else. */
  private boolean thereAlready() throws TransferException, InterruptedException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) return false;
    Optional<String> wanted = part.placed().or(item::sha256);
    if (wanted.isPresent() && Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      report.status(Status.VERIFYING);
      Sum there = sum(target);
      if (there.sha256().equals(wanted.get())) {
        report.total(there.bytes());
        report.done(there.bytes());
        report.completed(there.sha256());
        return true;
      }
      report.status(Status.RUNNING);
    }
    if (!context.overwrite()) throw exists();
    return false;
  }

  private TransferException exists() {
    return TransferException.file(
        "target_exists",
        "'" + item.name() + "' is there, and is not known to be the same; allow 'overwrite'");
  }

  private void fetch() throws TransferException, InterruptedException {
    boolean whole = false;
    for (int restarts = 0; restarts < MAX_RESTARTS; restarts++) {
      try {
        Source.Found found = attempts.persist(source::look, () -> 0);
        requireSize(found.identity().length());
        if (whole || !found.ranges() || !found.identity().resumable()) fetchWhole();
        else fetchRanges(found.identity());
        return;
      } catch (SourceChangedException changed) {
        whole = changed.wholeOnly() || restarts == MAX_RESTARTS - 2;
        Storage.write(part::discard);
        report.done(0);
        report.attempt();
      }
    }
    throw TransferException.file("source_changed", "the source changes while it is fetched");
  }

  private void requireSize(@Nullable Long length) throws TransferException {
    if (length == null) return;
    report.total(length);
    if (item.size().isPresent() && !item.size().get().equals(length))
      throw wrongSize(item.size().get(), length);
  }

  private static TransferException wrongSize(long expected, long actual) {
    return TransferException.file(
        "size_mismatch", "the source has " + actual + " bytes, not " + expected);
  }

  private void fetchRanges(Identity identity)
      throws TransferException, SourceChangedException, InterruptedException {
    long length = Objects.requireNonNull(identity.length());
    Storage.write(() -> {
      if (!part.resume(identity)) part.begin(identity, length, count(length));
    });
    report.done(part.done());
    Storage.requireRoom(context.directory(), length - part.done());
    List<Team.Member> members = new ArrayList<>();
    for (PartFile.Range range : part.ranges()) {
      if (!range.complete()) members.add(() -> fetch(range, identity));
    }
    try {
      Team.run(members);
    } catch (TransferException | SourceChangedException | InterruptedException left) {
      noteDown();
      throw left;
    }
    Storage.write(part::checkpoint);
  }

  /** What was fetched is of use later; an interrupt is not to stand in the way. */
  private void noteDown() {
    boolean interrupted = Thread.interrupted();
    try {
      part.checkpoint();
    } catch (IOException failed) {
      LOG.debug("the journal of {} stays as it is", target, failed);
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  private int count(long length) {
    long least = context.settings().minPart();
    return Math.clamp((length + least - 1) / least, 1, context.parts());
  }

  private void fetch(PartFile.Range range, Identity identity)
      throws TransferException, SourceChangedException, InterruptedException {
    attempts.persist(
        () -> {
          if (range.complete()) return true;
          try (Source.Content content = source.range(range.next(), range.end(), identity);
              FileChannel out = open()) {
            copy(content.stream(), out, range);
          }
          return true;
        },
        range::next);
  }

  private FileChannel open() throws TransferException {
    try {
      return part.open();
    } catch (IOException failed) {
      throw Storage.failure(failed);
    }
  }

  private void copy(InputStream in, FileChannel out, PartFile.Range range)
      throws IOException, TransferException, InterruptedException {
    byte[] buffer = new byte[piece()];
    while (!range.complete()) {
      int most = (int) Math.min(buffer.length, range.end() - range.next());
      int count = in.read(buffer, 0, most);
      if (count < 0) throw new IOException("the source ended too early");
      pay(count);
      Storage.write(() -> part.write(out, range, ByteBuffer.wrap(buffer, 0, count)));
      report.add(count);
    }
  }

  private int piece() {
    return Math.min(context.bandwidth().piece(), context.serverBandwidth().piece());
  }

  private void pay(int bytes) throws InterruptedException {
    context.bandwidth().take(bytes);
    context.serverBandwidth().take(bytes);
  }

  private void fetchWhole() throws TransferException, SourceChangedException, InterruptedException {
    attempts.persist(
        () -> {
          Storage.write(part::beginWhole);
          report.done(0);
          try (Source.Content content = source.whole();
              FileChannel out = open()) {
            requireSize(content.identity().length());
            copyAll(content.stream(), out);
          }
          return true;
        },
        () -> 0);
  }

  private void copyAll(InputStream in, FileChannel out)
      throws IOException, TransferException, InterruptedException {
    byte[] buffer = new byte[piece()];
    long all = 0;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      all += count;
      if (item.size().isPresent() && all > item.size().get())
        throw wrongSize(item.size().get(), all);
      pay(count);
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
      Storage.write(() -> {
        while (bytes.hasRemaining()) out.write(bytes);
      });
      report.add(count);
    }
    if (item.size().isPresent() && all < item.size().get())
      throw new IOException("the source ended too early");
  }

  private Sum sum(Path file) throws TransferException, InterruptedException {
    try {
      return Sum.of(file);
    } catch (IOException failed) {
      if (Thread.interrupted()) throw new InterruptedException();
      throw Storage.failure(failed);
    }
  }

  private void verifyAndPlace() throws TransferException, InterruptedException {
    Sum sum = sum(part.data());
    String wanted = item.sha256().orElse(sum.sha256());
    if (!wanted.equals(sum.sha256())) {
      Storage.write(part::discard);
      throw TransferException.file(
          "checksum_mismatch", "SHA-256 is " + sum.sha256() + ", not " + wanted);
    }
    Storage.write(() -> part.placing(sum.sha256(), sum.bytes()));
    place();
    report.total(sum.bytes());
    report.completed(sum.sha256());
  }

  /** A link is made only where nothing is; a move would replace what came meanwhile. */
  private void place() throws TransferException, InterruptedException {
    try {
      if (context.overwrite()) {
        Files.move(part.data(), target, StandardCopyOption.ATOMIC_MOVE);
      } else {
        link();
      }
      Storage.sync(context.directory());
    } catch (FileAlreadyExistsException there) {
      throw exists();
    } catch (IOException failed) {
      if (Thread.interrupted()) throw new InterruptedException();
      throw Storage.failure(failed);
    }
  }

  private void link() throws IOException {
    try {
      Files.createLink(target, part.data());
    } catch (FileAlreadyExistsException there) {
      throw there;
    } catch (UnsupportedOperationException | IOException noLinks) {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS))
        throw new FileAlreadyExistsException(target.toString());
      Files.move(part.data(), target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Files.delete(part.data());
  }
}

package dev.freshet.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RocksDB behind a gate: closing waits for the calls under way, since native code does not survive
 * the loss of what it works on. Thread-safe.
 */
final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final Gate gate = new Gate();
  private final DatabaseOptions options;
  private final Map<Family, ColumnFamilyOptions> familyOptions = new EnumMap<>(Family.class);
  private final Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);
  private final RocksDB rocks;

  /** What callers hold for longer than a call, and lose when the database closes. */
  private final Set<StateCut> cuts = ConcurrentHashMap.newKeySet();

  /** What the last write failed with; null if it did not. */
  private volatile @Nullable LogException failure;

  Database(Path directory, Durability durability) {
    this.options = new DatabaseOptions(durability);
    for (Family family : Family.values())
      familyOptions.put(family, family.options(options.cache()));
    try {
      this.rocks = open(directory);
    } catch (LogException e) {
      closeOptions();
      throw e;
    }
  }

  /** Whether one was ever opened in the directory. */
  static boolean isIn(Path directory) {
    return Files.exists(directory.resolve("CURRENT"));
  }

  private RocksDB open(Path directory) {
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    familyOptions.forEach(
        (family, o) -> descriptors.add(new ColumnFamilyDescriptor(family.id(), o)));
    List<ColumnFamilyHandle> opened = new ArrayList<>();
    try {
      Files.createDirectories(directory);
      RocksDB rocks = RocksDB.open(options.database(), directory.toString(), descriptors, opened);
      Iterator<ColumnFamilyHandle> handle = opened.iterator();
      for (Family family : familyOptions.keySet()) handles.put(family, handle.next());
      return rocks;
    } catch (IOException e) {
      throw new LogException.StorageFailed(
          "log directory '"
              + directory
              + "' cannot be made; allowed is a place that can be written",
          e);
    } catch (RocksDBException e) {
      throw Failures.opening(e, directory);
    }
  }

  byte @Nullable [] get(Family family, byte[] key) {
    gate.enter();
    try {
      return rocks.get(handle(family), key);
    } catch (RocksDBException e) {
      throw Failures.reading(e);
    } finally {
      gate.exit();
    }
  }

  /**
   * Fills {@code head} with as much of the value as it has room for; false if there is no such key.
   */
  boolean get(Family family, byte[] key, byte[] head) {
    gate.enter();
    try {
      return rocks.get(handle(family), key, head) != RocksDB.NOT_FOUND;
    } catch (RocksDBException e) {
      throw Failures.reading(e);
    } finally {
      gate.exit();
    }
  }

  Scan scan(Family family, byte[] start, byte[] end) {
    return scans(start, end, family).getFirst();
  }

  /** One scan for each family, all of one moment. */
  List<Scan> scans(byte[] start, byte[] end, Family... of) {
    gate.enter();
    Bounds bounds = new Bounds(start, end);
    AtomicInteger open = new AtomicInteger(of.length);
    Runnable whenClosed =
        () -> {
          if (open.decrementAndGet() > 0) return;
          bounds.close();
          gate.exit();
        };
    return iterators(bounds, of).stream().map(iterator -> new Scan(iterator, whenClosed)).toList();
  }

  private List<RocksIterator> iterators(Bounds bounds, Family... of) {
    if (of.length == 1) return List.of(rocks.newIterator(handle(of[0]), bounds.options()));
    try {
      return rocks.newIterators(Arrays.stream(of).map(this::handle).toList(), bounds.options());
    } catch (RocksDBException e) {
      bounds.close();
      gate.exit();
      throw Failures.reading(e);
    }
  }

  /** Sees to it that a cut is closed before the database is. */
  void hold(StateCut cut) {
    cuts.add(cut);
    if (gate.refuses()) cut.close();
  }

  void release(StateCut cut) {
    cuts.remove(cut);
  }

  /** Writes what {@code content} adds, all of it or nothing. */
  void write(Content content) {
    gate.enter();
    try (WriteBatch batch = new WriteBatch()) {
      content.addTo(batch);
      write(batch);
    } catch (RocksDBException e) {
      throw failed(e);
    } finally {
      gate.exit();
    }
  }

  /** Writes a batch of the committer's, which ends before the database does. */
  void write(WriteBatch batch) throws RocksDBException {
    rocks.write(options.write(), batch);
    if (failure != null) LOG.info("the log can be written again");
    failure = null;
  }

  /** What a failed write means to callers. */
  LogException failed(RocksDBException e) {
    LogException now = Failures.writing(e);
    LogException before = failure;
    if (before == null || before.getClass() != now.getClass())
      LOG.error("{}; appends fail until it can be written again", now.getMessage());
    failure = now;
    return now;
  }

  /** Part of a batch. */
  @FunctionalInterface
  interface Content {
    void addTo(WriteBatch batch) throws RocksDBException;
  }

  /** Whether the last write succeeded. */
  boolean writable() {
    return failure == null;
  }

  Optional<LogException> failure() {
    return Optional.ofNullable(failure);
  }

  ColumnFamilyHandle handle(Family family) {
    return Objects.requireNonNull(handles.get(family));
  }

  @Override
  public void close() {
    gate.refuse();
    cuts.forEach(StateCut::close);
    gate.close();
    handles.values().forEach(ColumnFamilyHandle::close);
    rocks.close();
    closeOptions();
  }

  private void closeOptions() {
    familyOptions.values().forEach(ColumnFamilyOptions::close);
    options.close();
  }
}

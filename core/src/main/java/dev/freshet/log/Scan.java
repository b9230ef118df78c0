package dev.freshet.log;

import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Goes over the keys in a range, as they were when it began. For one thread; close it. */
final class Scan implements AutoCloseable {
  private final RocksIterator iterator;
  private final Runnable whenClosed;

  Scan(RocksIterator iterator, Runnable whenClosed) {
    this.iterator = iterator;
    this.whenClosed = whenClosed;
  }

  Scan seek(byte[] key) {
    iterator.seek(key);
    return this;
  }

  Scan seekFirst() {
    iterator.seekToFirst();
    return this;
  }

  Scan seekLast() {
    iterator.seekToLast();
    return this;
  }

  /** Goes to the last key at or before {@code key}. */
  Scan seekBack(byte[] key) {
    iterator.seekForPrev(key);
    return this;
  }

  /**
   * Whether there is a key here.
   *
   * @throws LogException.StorageFailed if there is none because of an error
   */
  boolean valid() {
    if (iterator.isValid()) return true;
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw Failures.reading(e);
    }
    return false;
  }

  void next() {
    iterator.next();
  }

  void previous() {
    iterator.prev();
  }

  byte[] key() {
    return iterator.key();
  }

  byte[] value() {
    return iterator.value();
  }

  @Override
  public void close() {
    iterator.close();
    whenClosed.run();
  }
}

package dev.freshet.log;

import org.rocksdb.ReadOptions;
import org.rocksdb.Slice;

/** The range that scans stay in; lives as long as they do. */
final class Bounds implements AutoCloseable {
  private final Slice start;
  private final Slice end;
  private final ReadOptions options;

  /**
   * @param end exclusive
   */
  Bounds(byte[] start, byte[] end) {
    this.start = new Slice(start);
    this.end = new Slice(end);
    this.options =
        new ReadOptions().setIterateLowerBound(this.start).setIterateUpperBound(this.end);
  }

  ReadOptions options() {
    return options;
  }

  @Override
  public void close() {
    options.close();
    start.close();
    end.close();
  }
}

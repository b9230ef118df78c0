package dev.freshet.tasks.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Where a file comes from. Thread-safe. */
interface Source {
  /** What is there now. */
  Found look() throws IOException, TransferException;

  /**
   * The bytes from {@code from} to before {@code to}.
   *
   * @param known what {@link #look} has found
   * @throws SourceChangedException if it is another content now, or can't be had in parts
   */
  Content range(long from, long to, Identity known)
      throws IOException, TransferException, SourceChangedException;

  /** All of it. */
  Content whole() throws IOException, TransferException;

  /**
   * @param ranges whether it may be asked for in parts
   */
  record Found(Identity identity, boolean ranges) {}

  /** Bytes as they come. */
  interface Content extends Closeable {
    InputStream stream() throws IOException;

    Identity identity();
  }
}

package dev.freshet.log;

import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a failure of RocksDB means to callers. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  static LogException reading(RocksDBException e) {
    LogException failure =
        new LogException.StorageFailed("the log could not be read: " + e.getMessage(), e);
    LOG.error("{}", failure.getMessage());
    return failure;
  }

  static LogException writing(RocksDBException e) {
    Status status = e.getStatus();
    if (status != null && status.getSubCode() == Status.SubCode.NoSpace) {
      return new LogException.StorageFull(
          "the log has no room: " + e.getMessage() + "; free disk space or keep less", e);
    }
    return new LogException.StorageFailed("the log could not be written: " + e.getMessage(), e);
  }

  static LogException opening(RocksDBException e, Path directory) {
    String message = String.valueOf(e.getMessage());
    String reason =
        message.contains("LOCK")
            ? "is in use by another process; stop that one, or use another directory"
            : "cannot be opened: " + message;
    return new LogException.StorageFailed("log directory '" + directory + "' " + reason, e);
  }
}

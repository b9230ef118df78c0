package dev.freshet.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

class FailuresTest {
  @Test
  void writing_noSpace_isFullAndSaysTheRemedy() {
    Status status = new Status(Status.Code.IOError, Status.SubCode.NoSpace, "/data/000008.log");
    assertThat(Failures.writing(new RocksDBException("No space left on device", status)))
        .isInstanceOf(LogException.StorageFull.class)
        .hasMessageContaining("No space left")
        .hasMessageContaining("free disk space");
  }

  @Test
  void writing_otherError_isFailed() {
    Status status = new Status(Status.Code.IOError, Status.SubCode.None, "/data/000008.log");
    assertThat(Failures.writing(new RocksDBException("Input/output error", status)))
        .isInstanceOf(LogException.StorageFailed.class)
        .hasMessageContaining("Input/output error");
    assertThat(Failures.writing(new RocksDBException("no status")))
        .isInstanceOf(LogException.StorageFailed.class);
  }

  @Test
  void opening_lockHeld_saysTheDirectoryIsInUse() {
    RocksDBException held =
        new RocksDBException("While lock file: /data/LOCK: Resource temporarily unavailable");
    assertThat(Failures.opening(held, Path.of("/data")))
        .hasMessage(
            "log directory '/data' is in use by another process; stop that one, or use another directory");
  }
}

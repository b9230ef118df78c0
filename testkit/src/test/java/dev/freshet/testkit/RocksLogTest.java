package dev.freshet.testkit;

import dev.freshet.log.Durability;
import dev.freshet.log.KeyWindow;
import dev.freshet.log.LogStore;
import dev.freshet.log.Retention;
import dev.freshet.log.RocksLogStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class RocksLogTest extends EventLogContract {
  @TempDir Path directory;
  private int opened;

  @Override
  protected LogStore open(Retention retention, KeyWindow keys, InstantSource clock) {
    var settings = new RocksLogStore.Settings(Durability.OS, retention, Duration.ofDays(1), keys);
    return RocksLogStore.open(directory.resolve("log-" + opened++), settings, clock);
  }
}

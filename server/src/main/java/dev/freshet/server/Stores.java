package dev.freshet.server;

import dev.freshet.Freshet;
import dev.freshet.log.KeyWindow;
import dev.freshet.log.LogException;
import dev.freshet.log.LogStore;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.log.RocksLogStore;
import dev.freshet.server.config.Config;
import dev.freshet.server.config.ConfigException;
import dev.freshet.server.config.LimitsConfig;
import dev.freshet.server.config.LogConfig;
import dev.freshet.server.config.StreamConfig;
import dev.freshet.server.stream.StreamSettings;
import dev.freshet.state.StateStore;
import dev.freshet.view.PageSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/** The configuration as the library takes it. */
final class Stores {
  private Stores() {}

  /**
   * @throws IOException if the data directory cannot be used
   */
  static Freshet open(Config config) throws IOException {
    StreamConfig stream = config.stream();
    PageSettings pages =
        new PageSettings(
            stream.page().toInt(),
            stream.window().toInt(),
            stream.idle(),
            stream.snapshot().bytes(),
            stream.snapshots().bytes());
    StateStore.Limits limits = StateStore.Limits.DEFAULT;
    StateStore.Limits states =
        new StateStore.Limits(
            config.limits().event().toInt(),
            limits.depth(),
            limits.patchOperations(),
            limits.diffVisits());
    return Freshet.open(
        usable(config), new Freshet.Settings(pages, states, InstantSource.system()));
  }

  /** How many logs have got a new epoch. */
  static int renew(Config config) throws IOException {
    if (config.log().store() == LogConfig.Store.MEMORY)
      throw new ConfigException("log.store: 'memory' keeps nothing; only 'rocks' can be renewed");
    try {
      return RocksLogStore.renew(directory(config));
    } catch (LogException e) {
      throw unusable(config, e);
    }
  }

  private static LogStore usable(Config config) throws IOException {
    try {
      return store(config);
    } catch (LogException e) {
      throw unusable(config, e);
    }
  }

  private static Path directory(Config config) {
    return config.data().resolve("log");
  }

  private static IOException unusable(Config config, LogException failure) {
    return new IOException("data: '" + config.data() + "' cannot be used: " + failure.getMessage());
  }

  /** Beside the secret, so that backups of the store need not hold it. */
  private static LogStore store(Config config) {
    LogConfig log = config.log();
    KeyWindow keys = new KeyWindow(log.idempotencyWindow(), log.idempotencyKeys());
    InstantSource clock = InstantSource.system();
    return switch (log.store()) {
      case MEMORY -> new MemoryLogStore(log.rules(), keys, clock);
      case ROCKS -> {
        var settings =
            new RocksLogStore.Settings(
                log.durability(),
                log.rules(),
                RocksLogStore.Settings.DEFAULT.retentionInterval(),
                keys);
        yield RocksLogStore.open(directory(config), settings, clock);
      }
    };
  }

  static StreamSettings streams(Config config) {
    StreamConfig stream = config.stream();
    LimitsConfig limits = config.limits();
    return new StreamSettings(
        stream.heartbeat(),
        stream.retry(),
        stream.stall(),
        limits.tenantConnections(),
        limits.principalConnections());
  }
}

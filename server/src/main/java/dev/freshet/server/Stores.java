package dev.freshet.server;

import dev.freshet.Freshet;
import dev.freshet.log.KeyWindow;
import dev.freshet.log.LogStore;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.server.config.Config;
import dev.freshet.server.config.LimitsConfig;
import dev.freshet.server.config.LogConfig;
import dev.freshet.server.config.StreamConfig;
import dev.freshet.server.stream.StreamSettings;
import dev.freshet.state.StateStore;
import dev.freshet.view.PageSettings;
import java.time.InstantSource;

/** The configuration as the library takes it. */
final class Stores {
  private Stores() {}

  static Freshet open(Config config) {
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
        store(config.log()), new Freshet.Settings(pages, states, InstantSource.system()));
  }

  private static LogStore store(LogConfig log) {
    KeyWindow keys = new KeyWindow(log.idempotencyWindow(), log.idempotencyKeys());
    return new MemoryLogStore(log.rules(), keys, InstantSource.system());
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

package dev.freshet.server.config;

import dev.freshet.log.Durability;
import dev.freshet.log.Retention;
import java.time.Duration;
import java.util.List;

/** The store (L1, L3, L5). */
public record LogConfig(
    @Setting(
            value = "rocks",
            says = "`rocks` keeps events in the data directory, `memory` until the server ends")
        Store store,
    @Setting(
            value = "fsync",
            says =
                "what an acknowledged event survives: `memory` nothing, `os` the end of the process, `fsync` a power cut")
        Durability durability,
    @Setting(
            value = "** age=7d count=10000000 bytes=8GiB",
            says = "how long events are kept: the first rule whose pattern matches a topic applies")
        List<Retention.Rule> retention,
    @Setting(
            value = "24h",
            min = "1m",
            max = "30d",
            says = "how long idempotency keys are remembered")
        Duration idempotencyWindow,
    @Setting(
            value = "1000000",
            min = "1000",
            max = "100000000",
            says = "how many idempotency keys are remembered for each tenant")
        int idempotencyKeys) {

  public LogConfig {
    retention = List.copyOf(retention);
  }

  /** Where events are kept. */
  public enum Store {
    ROCKS,
    MEMORY
  }

  public Retention rules() {
    return new Retention(retention);
  }
}

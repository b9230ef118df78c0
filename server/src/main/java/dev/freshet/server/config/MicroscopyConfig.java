package dev.freshet.server.config;

import java.time.Duration;

/** Microscope sessions (PROTOCOL §8). */
public record MicroscopyConfig(
    @Setting(
            value = "90s",
            min = "100ms",
            max = "1d",
            says = "an agent that gave no sign of life for this long is `stale`")
        Duration staleAfter,
    @Setting(
            value = "5m",
            min = "100ms",
            max = "7d",
            says = "an agent that gave no sign of life for this long is `offline`")
        Duration offlineAfter,
    @Setting(value = "500", min = "1", max = "10000", says = "log lines in one batch of an agent's")
        int logBatch,
    @Setting(
            value = "5000",
            min = "1",
            max = "20000",
            says = "past log lines, or past metrics, that a stream may ask for when it begins")
        int backlog) {

  public MicroscopyConfig {
    if (offlineAfter.compareTo(staleAfter) < 0)
      throw ConfigException.value(
          "microscopy.offline-after",
          Durations.text(offlineAfter),
          "allowed is at least microscopy.stale-after, " + Durations.text(staleAfter));
  }
}

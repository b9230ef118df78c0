package dev.freshet.server.config;

import java.time.Duration;

/** Streams (PROTOCOL §2). */
public record StreamConfig(
    @Setting(value = "15s", min = "1s", max = "30s", says = "interval of heartbeats")
        Duration heartbeat,
    @Setting(
            value = "2s",
            min = "100ms",
            max = "5m",
            says = "how long clients wait before they reconnect (`retry:`)")
        Duration retry,
    @Setting(
            value = "64KiB",
            min = "4KiB",
            max = "16MiB",
            says = "size of a shared page of encoded events")
        Size page,
    @Setting(
            value = "1MiB",
            min = "64KiB",
            max = "1GiB",
            says = "encoded events that a view keeps; slower readers are served from the log")
        Size window,
    @Setting(
            value = "1s",
            min = "10ms",
            max = "1h",
            says = "how long a view keeps its pages after its last event")
        Duration idle,
    @Setting(
            value = "2m",
            min = "1s",
            max = "1d",
            says =
                "a reader that takes nothing for this long, although there is something, is disconnected")
        Duration stall,
    @Setting(
            value = "64MiB",
            min = "64KiB",
            max = "16GiB",
            says = "the states of one snapshot, encoded")
        Size snapshot,
    @Setting(
            value = "512MiB",
            min = "64KiB",
            max = "64GiB",
            says = "all snapshots that are being read")
        Size snapshots,
    @Setting(
            value = "4MiB",
            min = "64KiB",
            max = "1GiB",
            says = "a page of JSON, for clients that poll")
        Size jsonPage,
    @Setting(
            value = "5s",
            min = "0s",
            max = "5m",
            says = "on SIGTERM, clients are told to reconnect spread over this window")
        Duration drain) {

  public StreamConfig {
    if (window.compareTo(page) < 0)
      throw ConfigException.value(
          "stream.window", window.toString(), "allowed is at least stream.page, " + page);
    if (snapshot.compareTo(page) < 0)
      throw ConfigException.value(
          "stream.snapshot", snapshot.toString(), "allowed is at least stream.page, " + page);
    if (snapshots.compareTo(snapshot) < 0)
      throw ConfigException.value(
          "stream.snapshots",
          snapshots.toString(),
          "allowed is at least stream.snapshot, " + snapshot);
  }
}

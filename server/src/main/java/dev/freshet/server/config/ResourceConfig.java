package dev.freshet.server.config;

import java.time.Duration;

/** A kind of documents of another service, live (PROTOCOL §8.8). */
public record ResourceConfig(
    @Setting(
            value = "",
            says =
                "where the documents are served, such as `/live/orders/{id}`; each parameter is a segment")
        String path,
    @Setting(
            value = "",
            says =
                "where they come from, such as `https://orders.example/orders/{id}`; asked with each viewer's own token")
        String upstream,
    @Setting(
            value = "1s",
            min = "100ms",
            max = "1h",
            says =
                "from one poll to the next while somebody watches; one for all who may see the same")
        Duration interval,
    @Setting(
            value = "30s",
            min = "100ms",
            max = "1h",
            says = "each viewer's token is shown to upstream at least this often")
        Duration check,
    @Setting(
            value = "",
            says =
                "when a document is terminal, such as `$.status in [done, failed]`; empty: never")
        String until,
    @Setting(value = "10s", min = "100ms", max = "5m", says = "time for an answer of upstream's")
        Duration timeout,
    @Setting(value = "32", min = "1", max = "1000", says = "requests to upstream at once")
        int requests) {

  public ResourceConfig {
    if (check.compareTo(interval) < 0)
      throw ConfigException.value(
          "resources[].check",
          Durations.text(check),
          "allowed is at least the interval of '" + path + "', " + Durations.text(interval));
  }
}

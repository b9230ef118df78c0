package dev.freshet.server.config;

import java.time.Duration;

/** The server's own operating state (PROTOCOL §8.6). */
public record RuntimeConfig(
    @Setting(
            value = "2s",
            min = "100ms",
            max = "5m",
            says = "how often the operating state is computed while somebody watches it")
        Duration interval) {}

package dev.freshet.server.config;

/** Prometheus. */
public record MetricsConfig(
    @Setting(
            value = "true",
            says =
                "whether `/metrics` is answered without a token; otherwise it needs the administrator's grant")
        boolean open) {}

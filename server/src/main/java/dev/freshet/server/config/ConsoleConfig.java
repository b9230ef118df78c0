package dev.freshet.server.config;

/** The web console. */
public record ConsoleConfig(
    @Setting(value = "true", says = "whether the console is served at `/`") boolean enabled,
    @Setting(value = "", says = "directory of its files; empty: beside the server's own")
        String directory) {}

package dev.freshet.server.config;

/** The server's own log, on standard error. */
public record LoggingConfig(
    @Setting(value = "plain", says = "`plain` lines for people, `json` for machines") Format format,
    @Setting(value = "info", says = "the least that is logged") Level level) {

  /** What a line looks like. */
  public enum Format {
    PLAIN,
    JSON
  }

  /** From everything to what needs somebody. */
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }
}

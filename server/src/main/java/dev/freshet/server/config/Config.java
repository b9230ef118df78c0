package dev.freshet.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Everything that can be set: one record a feature, every key with a default. Immutable. */
public record Config(
    @Setting(value = "127.0.0.1", says = "address to listen on; `0.0.0.0` for all") String host,
    @Setting(
            value = "8080",
            min = "0",
            max = "65535",
            says = "port to listen on; 0 takes a free one")
        int port,
    @Setting(value = "data", says = "directory of the store and of development mode's secret")
        Path data,
    @Setting(
            value = "development",
            says = "`production` refuses to start without a real secret or a JWKS URL")
        Mode mode,
    HttpConfig http,
    AuthConfig auth,
    CorsConfig cors,
    LogConfig log,
    StreamConfig stream,
    LimitsConfig limits,
    MetricsConfig metrics,
    LoggingConfig logging,
    ConsoleConfig console,
    MicroscopyConfig microscopy,
    TasksConfig tasks,
    RuntimeConfig runtime,
    AgentsConfig agents,
    List<ResourceConfig> resources) {

  public Config {
    resources = List.copyOf(resources);
    auth.check(mode);
  }

  /** How much is taken on trust. */
  public enum Mode {
    DEVELOPMENT,
    PRODUCTION
  }

  /** Every key with its value as text; of a secret only whether it is {@code set}. */
  public Map<String, String> shown() {
    return Binder.texts(this, "");
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return shown().toString();
  }

  /**
   * The defaults with these settings, by key.
   *
   * @throws ConfigException if a key is unknown or a value not allowed
   */
  public static Config of(Map<String, String> settings) {
    Sources.checkKnown(settings.keySet());
    return Binder.bind(Config.class, "", settings);
  }
}

package dev.freshet.server.cli;

import dev.freshet.server.config.Config;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a command that starts a server can be told. */
final class ListenOptions {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on (default: 8080); 0 takes a free one")
  @Nullable String port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Address to listen on (default: 127.0.0.1)")
  @Nullable String host;

  @Mixin ConfigOptions config = new ConfigOptions();

  Config load() {
    return load(Map.of());
  }

  /**
   * @param defaults of this command's own
   */
  Config load(Map<String, String> defaults) {
    Map<String, @Nullable String> flags = new HashMap<>();
    flags.put("port", port);
    flags.put("host", host);
    return config.load(defaults, flags);
  }
}

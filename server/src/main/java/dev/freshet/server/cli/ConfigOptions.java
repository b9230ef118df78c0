package dev.freshet.server.cli;

import dev.freshet.server.config.Config;
import dev.freshet.server.config.Sources;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command's configuration comes from. */
final class ConfigOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Directory of the store (default: data)")
  @Nullable String data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file of settings; docs/configuration.md lists the keys")
  @Nullable Path file;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting; can be repeated")
  Map<String, String> settings = new LinkedHashMap<>();

  /**
   * @param flags by key; null where the flag was not given
   */
  Config load(Map<String, @Nullable String> flags) {
    return load(Map.of(), flags);
  }

  /**
   * @param defaults of this command's own
   */
  Config load(Map<String, String> defaults, Map<String, @Nullable String> flags) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    if (data != null) all.put("data", data);
    flags.forEach((key, value) -> {
      if (value != null) all.put(key, value);
    });
    return Sources.load(defaults, Optional.ofNullable(file), System.getenv(), all);
  }
}

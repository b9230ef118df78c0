package dev.freshet.server.config;

import dev.freshet.event.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Where settings come from: a YAML file, then the environment, then flags; the later wins. */
public final class Sources {
  /**
   * Variables that belong to the start script and the client commands, and those Kubernetes makes
   * for a service.
   */
  private static final Set<String> NOT_SETTINGS =
      Set.of("FRESHET_JAVA_OPTS", "FRESHET_TOKEN", "FRESHET_URL", "FRESHET_HOME", "FRESHET_CONFIG");

  private static final List<Key> KEYS = Key.of(Config.class, "");

  private Sources() {}

  static List<Key> keys() {
    return KEYS;
  }

  /**
   * @param flags settings by key
   * @throws ConfigException if the file cannot be read, a key is unknown, or a value is not allowed
   */
  public static Config load(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    return load(Map.of(), file, environment, flags);
  }

  /**
   * As above, with defaults of a command's own.
   *
   * @param defaults settings by key, over which all others win
   */
  public static Config load(
      Map<String, String> defaults,
      Optional<Path> file,
      Map<String, String> environment,
      Map<String, String> flags) {
    Map<String, String> settings = new LinkedHashMap<>(defaults);
    file.ifPresent(f -> settings.putAll(read(f)));
    checkKnown(settings.keySet());
    settings.putAll(environment(environment));
    settings.putAll(flags);
    return Config.of(settings);
  }

  static void checkKnown(Collection<String> names) {
    for (String name : names) {
      if (KEYS.stream().noneMatch(k -> k.matches(name))) {
        throw new ConfigException(
            name + ": unknown key" + Guess.near(name, KEYS.stream().map(Key::name)));
      }
    }
  }

  private static Map<String, String> environment(Map<String, String> environment) {
    Map<String, String> settings = new LinkedHashMap<>();
    environment.forEach((name, value) -> {
      if (!name.startsWith("FRESHET_") || NOT_SETTINGS.contains(name)) return;
      if (name.startsWith("FRESHET_SERVICE_") || name.startsWith("FRESHET_PORT_")) return;
      Optional<String> key = KEYS.stream().flatMap(k -> k.named(name).stream()).findFirst();
      String near = Guess.near(name, KEYS.stream().map(Key::environment));
      settings.put(
          key.orElseThrow(() -> new ConfigException(name + ": unknown variable" + near)), value);
    });
    return settings;
  }

  private static Map<String, String> read(Path file) {
    try {
      JsonNode root = new YAMLMapper().readTree(Files.readAllBytes(file));
      Map<String, String> settings = new LinkedHashMap<>();
      if (root.isObject()) flatten("", root, settings);
      else if (!root.isMissingNode() && !root.isNull())
        throw new ConfigException(file + ": not a mapping of keys to values");
      return settings;
    } catch (NoSuchFileException e) {
      throw new ConfigException("--config: no file '" + file + "'");
    } catch (IOException e) {
      throw new ConfigException(file + ": cannot be read (" + FileReason.of(e) + ")");
    } catch (JacksonException e) {
      throw new ConfigException(file + ": " + place(e) + "is not YAML; check what stands there");
    }
  }

  private static String place(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    return at == null || at.getLineNr() < 1
        ? ""
        : "line " + at.getLineNr() + ", column " + at.getColumnNr() + " ";
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> settings) {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String key = prefix + member.getKey();
      JsonNode value = member.getValue();
      if (value.isObject()) flatten(key + ".", value, settings);
      else if (value.isArray() && ofItems(key)) items(key, value, settings);
      else settings.put(key, value.isArray() ? join(value) : scalar(value));
    }
  }

  /** Whether a key is a list of items that have keys of their own. */
  private static boolean ofItems(String key) {
    return KEYS.stream().anyMatch(k -> k.name().startsWith(key + "[]"));
  }

  private static void items(String key, JsonNode array, Map<String, String> settings) {
    for (int i = 0; i < array.size(); i++) {
      if (array.path(i).isObject()) flatten(key + "[" + i + "].", array.path(i), settings);
      else settings.put(key + "[" + i + "]", scalar(array.path(i)));
    }
  }

  private static String join(JsonNode array) {
    List<String> items = new ArrayList<>();
    array.forEach(item -> items.add(scalar(item)));
    return String.join(",", items);
  }

  private static String scalar(JsonNode value) {
    if (value.isNull()) return "";
    return value.isString() ? value.stringValue() : Json.of(value).toString();
  }
}

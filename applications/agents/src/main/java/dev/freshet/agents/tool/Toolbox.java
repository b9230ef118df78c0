package dev.freshet.agents.tool;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.freshet.event.Json;
import dev.freshet.net.AddressRules;
import dev.freshet.net.Connector;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tools of a server, each with its policy. Thread-safe. */
public final class Toolbox {
  private static final Logger LOG = LoggerFactory.getLogger(Toolbox.class);
  private static final int MAX_ERRORS = 5;

  private final Map<String, Held> held = new LinkedHashMap<>();

  private record Held(Tool tool, Policy policy, Schema schema, Info info) {}

  /** What there is to know of a tool. */
  public record Info(String name, String description, Policy policy, ObjectNode schema) {}

  /**
   * @param policies by name; {@code auto} where there is none
   * @param hosts that may be fetched from; {@code *.example.org} allows all below it; none: no
   *     fetching
   * @param privateAddresses whether they may be at addresses that are not public
   * @param commands that may be run; none: no commands
   * @param commandTime of one command
   * @param output bytes of a tool's text
   */
  public record Settings(
      Map<String, Policy> policies,
      List<String> hosts,
      boolean privateAddresses,
      Commands commands,
      Duration commandTime,
      Duration httpTime,
      int output,
      int listed) {
    public static final Settings DEFAULT =
        new Settings(
            Map.of(),
            List.of(),
            false,
            Commands.NONE,
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            32 << 10,
            500);

    public Settings {
      policies = Map.copyOf(policies);
      hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }
  }

  public Toolbox(Settings settings) {
    Connector connector =
        new Connector(
            new AddressRules(settings.privateAddresses(), "agents.private-addresses"),
            host -> allowed(settings.hosts(), host),
            settings.httpTime(),
            settings.httpTime());
    SchemaRegistry schemas =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, b -> {});
    Stream.of(
            new CreateFile(),
            new ReadFile(settings.output()),
            new ListFiles(settings.listed()),
            new EditFile(),
            new HttpGet(connector, settings.output()),
            new Calculate(),
            new RunCommand(settings.commands(), settings.commandTime(), settings.output()))
        .forEach(tool -> {
          Policy policy = policy(settings, tool.name());
          ObjectNode schema = tool.schema();
          Info info = new Info(tool.name(), tool.description(), policy, schema);
          held.put(tool.name(), new Held(tool, policy, schemas.getSchema(schema), info));
        });
    requireKnown(settings.policies().keySet());
  }

  private void requireKnown(Set<String> names) {
    for (String name : names) {
      if (!held.containsKey(name)) throw new IllegalArgumentException("no tool '" + name + "'");
    }
  }

  /** What has nothing to work on is not offered, whatever its policy. */
  private static Policy policy(Settings settings, String name) {
    boolean useless =
        (name.equals("http_get") && settings.hosts().isEmpty())
            || (name.equals("run_command") && settings.commands().isEmpty());
    return useless ? Policy.NEVER : settings.policies().getOrDefault(name, Policy.AUTO);
  }

  static boolean allowed(List<String> hosts, String host) {
    return hosts.stream()
        .anyMatch(allowed ->
            allowed.startsWith("*.")
                ? host.endsWith(allowed.substring(1)) && host.length() > allowed.length() - 1
                : host.equals(allowed));
  }

  /** All of them, those that are not offered too. */
  public List<Info> tools() {
    return held.values().stream().map(Held::info).toList();
  }

  /** Those that a model may call. */
  public List<Info> offered() {
    return tools().stream().filter(tool -> tool.policy() != Policy.NEVER).toList();
  }

  public Policy policy(String name) {
    Held tool = held.get(name);
    return tool == null ? Policy.NEVER : tool.policy();
  }

  /** Why a call can't be made, as a sentence for the model; empty if it can. */
  public Optional<String> objection(String name, @Nullable JsonNode params) {
    Held tool = held.get(name);
    if (tool == null || tool.policy() == Policy.NEVER)
      return Optional.of(
          "there is no tool '"
              + cut(name)
              + "'; there are "
              + offered().stream().map(Info::name).collect(Collectors.joining(", ")));
    if (params == null) return Optional.of("the params are no JSON object");
    List<String> wrong = errors(tool.schema(), params);
    return wrong.isEmpty()
        ? Optional.empty()
        : Optional.of("the params are not right: " + String.join("; ", wrong));
  }

  private static String cut(String name) {
    return name.length() <= 64 ? name : name.substring(0, 64);
  }

  private static List<String> errors(Schema schema, JsonNode params) {
    try {
      return schema.validate(params).stream().limit(MAX_ERRORS).map(Toolbox::said).toList();
    } catch (JacksonException outOfRange) {
      return List.of("a number is out of range");
    }
  }

  private static String said(Error error) {
    String at = String.valueOf(error.getInstanceLocation());
    return (at.isEmpty() ? "" : at + " ") + error.getMessage();
  }

  /**
   * Runs a call to which there is no objection.
   *
   * @throws ToolException if it can't be done
   */
  public Tool.Done run(String name, Sandbox sandbox, JsonNode params)
      throws ToolException, InterruptedException {
    Held tool = held.get(name);
    if (tool == null) throw new ToolException("there is no tool '" + cut(name) + "'");
    try {
      return tool.tool().run(sandbox, params);
    } catch (IOException failed) {
      if (Thread.interrupted()) throw new InterruptedException();
      LOG.warn("tool {} failed", name, failed);
      throw new ToolException("the server could not do it: " + reason(failed));
    } catch (RuntimeException failed) {
      LOG.error("tool {} failed", name, failed);
      throw new ToolException("the server could not do it");
    }
  }

  /** Without the path, which is nobody's business. */
  private static String reason(IOException failed) {
    return failed instanceof java.nio.file.FileSystemException of && of.getReason() != null
        ? of.getReason()
        : failed.getClass().getSimpleName();
  }

  /** Params as they came; null if they are no object. */
  public static @Nullable JsonNode params(@Nullable String text) {
    try {
      JsonNode params =
          text == null || text.isBlank()
              ? Json.MAPPER.createObjectNode()
              : Json.MAPPER.readTree(text);
      return params.isObject() ? params : null;
    } catch (JacksonException notJson) {
      return null;
    }
  }
}

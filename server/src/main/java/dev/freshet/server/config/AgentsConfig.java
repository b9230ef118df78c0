package dev.freshet.server.config;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs of agents, and the server's own agent (PROTOCOL §8.9). */
public record AgentsConfig(
    @Setting(
            value = "400",
            min = "1",
            max = "100000",
            says = "runs of the server's agent that go on at once")
        int running,
    @Setting(
            value = "400",
            min = "1",
            max = "100000",
            says = "runs of one tenant that go on at once, those that agents elsewhere report too")
        int tenantRunning,
    @Setting(
            value = "8192",
            min = "16",
            max = "1000000",
            says =
                "characters of a string in params and results; of a longer one there is a preview, and the whole by reference")
        int preview,
    @Setting(
            value = "32768",
            min = "1000",
            max = "1000000",
            says = "characters of one thought; a longer one goes on in another")
        int thought,
    @Setting(
            value = "10m",
            min = "1s",
            max = "7d",
            says = "how long a person has to approve a tool's call")
        Duration approval,
    @Setting(
            value = "5m",
            min = "1s",
            max = "7d",
            says = "a run that an agent elsewhere reports ends when it says nothing for this long")
        Duration silence,
    @Setting(
            value = "30d",
            min = "1h",
            max = "3650d",
            says = "a run that has ended is removed, with its files, this long after it began")
        Duration keep,
    @Setting(
            value = "scripted",
            says =
                "whose models the server's agent uses: `scripted` plays scripts and needs no network, `anthropic`, or `openai` for all that speak its chat completions")
        Provider provider,
    @Setting(
            value = "",
            says =
                "the provider's models that are served, the default one first; not for `scripted`")
        List<String> models,
    @Setting(
            value = "",
            says = "the provider's address, such as `http://127.0.0.1:11434/v1`; empty: its own")
        String baseUrl,
    @Setting(value = "", secret = true, says = "the key that the provider is asked with")
        String apiKey,
    @Setting(
            value = "",
            says =
                "what models cost, in US dollars for a million tokens in and out: `MODEL=3/15`; without it `cost` is unknown, and not limited")
        List<String> prices,
    @Setting(value = "8192", min = "256", max = "200000", says = "tokens of one answer of a model")
        int outputTokens,
    @Setting(
            value = "0",
            max = "200000",
            min = "0",
            says = "tokens that a model of `anthropic` may think before it answers; 0: it does not")
        int thinkingTokens,
    @Setting(
            value = "1m",
            min = "1s",
            max = "1h",
            says = "a provider that has not begun to answer by then is given up, and asked again")
        Duration modelTimeout,
    @Setting(
            value = "4",
            min = "1",
            max = "20",
            says = "attempts at one answer, where the provider can't give it just now")
        int modelAttempts,
    @Setting(
            value = "30ms",
            min = "0s",
            max = "10s",
            says = "how long the scripted model takes for each piece of what it says")
        Duration scriptedDelay,
    @Setting(
            value = "50ms",
            min = "0s",
            max = "10s",
            says =
                "thoughts of the server's agent are told at most this often, besides their beginning")
        Duration pace,
    @Setting(
            value = "50",
            min = "1",
            max = "10000",
            says = "how often one run may ask its model, at most and by default")
        int iterations,
    @Setting(
            value = "10m",
            min = "1s",
            max = "7d",
            says = "how long one run may take, without the time that people take to approve")
        Duration time,
    @Setting(
            value = "500000",
            min = "1",
            max = "1000000000",
            says = "tokens that one run may use, in and out")
        long tokens,
    @Setting(
            value = "5",
            min = "0",
            max = "1000000",
            says = "US dollars that one run may cost, where its model has a price")
        BigDecimal cost,
    @Setting(
            value = "400000",
            min = "10000",
            max = "100000000",
            says =
                "characters that a model is sent at once; past it the oldest results of tools are left out")
        int conversation,
    @Setting(value = "1m", min = "1s", max = "1h", says = "how long one call of a tool may take")
        Duration toolTime,
    @Setting(
            value = "32KiB",
            min = "1KiB",
            max = "1MiB",
            says = "what one call of a tool may say; more is cut, which it says")
        Size toolOutput,
    @Setting(value = "1MiB", min = "1KiB", max = "64MiB", says = "one file of a run")
        Size fileBytes,
    @Setting(
            value = "500",
            min = "1",
            max = "100000",
            says = "files and directories of a run, together")
        int files,
    @Setting(value = "16MiB", min = "1KiB", max = "16GiB", says = "all files of a run, together")
        Size directoryBytes,
    @Setting(
            value = "",
            says =
                "hosts that `http_get` may fetch from, `*.example.org` for all below one; empty: no fetching")
        List<String> httpHosts,
    @Setting(
            value = "false",
            says = "whether these hosts may be at private, loopback and link-local addresses")
        boolean privateAddresses,
    @Setting(
            value = "",
            says =
                "programs that `run_command` may run, by name or absolute path, with the rights of the server; empty: none")
        List<String> commands,
    ToolPolicies tools) {
  private static final Pattern PRICE =
      Pattern.compile("(\\S+)=(\\d{1,6}(?:\\.\\d{1,6})?)/(\\d{1,6}(?:\\.\\d{1,6})?)");
  private static final String PATH = "/usr/local/bin:/usr/bin:/bin";

  /** Where models come from. */
  public enum Provider {
    SCRIPTED,
    ANTHROPIC,
    OPENAI
  }

  /** Who decides whether a tool's call runs. */
  public enum Policy {
    AUTO,
    ASK,
    NEVER
  }

  /** By tool. */
  public record ToolPolicies(
      @Setting(
              value = "auto",
              says =
                  "whether the agent may write files by itself, after it asked a person, or not at all")
          Policy createFile,
      @Setting(value = "auto", says = "likewise for reading them") Policy readFile,
      @Setting(value = "auto", says = "likewise for listing them") Policy listFiles,
      @Setting(value = "auto", says = "likewise for changing them") Policy editFile,
      @Setting(value = "auto", says = "likewise for fetching pages") Policy httpGet,
      @Setting(value = "auto", says = "likewise for calculating") Policy calculate,
      @Setting(value = "ask", says = "likewise for running commands") Policy runCommand) {

    /** By the tools' own names. */
    public Map<String, Policy> byName() {
      Map<String, Policy> policies = new LinkedHashMap<>();
      policies.put("create_file", createFile);
      policies.put("read_file", readFile);
      policies.put("list_files", listFiles);
      policies.put("edit_file", editFile);
      policies.put("http_get", httpGet);
      policies.put("calculate", calculate);
      policies.put("run_command", runCommand);
      return policies;
    }
  }

  /**
   * What a model costs, in US dollars for a million tokens.
   *
   * @param input of what it is sent
   * @param output of what it says
   */
  public record Price(BigDecimal input, BigDecimal output) {}

  public AgentsConfig {
    models = List.copyOf(models);
    prices = List.copyOf(prices);
    httpHosts = List.copyOf(httpHosts);
    commands = List.copyOf(commands);
    checkProvider(provider, models, apiKey);
    checkBaseUrl(baseUrl);
    prices.forEach(AgentsConfig::price);
    commands.forEach(AgentsConfig::checkCommand);
    for (String host : httpHosts) {
      if (!host.matches("(\\*\\.)?[A-Za-z0-9.:_-]+"))
        throw ConfigException.value(
            "agents.http-hosts", host, "allowed are names of hosts, without scheme and port");
    }
  }

  private static void checkProvider(Provider provider, List<String> models, String apiKey) {
    if (provider == Provider.SCRIPTED && !models.isEmpty())
      throw ConfigException.value(
          "agents.models", models.getFirst(), "agents.provider 'scripted' has its own");
    if (provider != Provider.SCRIPTED && models.isEmpty())
      throw ConfigException.value(
          "agents.models", "", "a provider's models are to be named, the default one first");
    if (provider == Provider.ANTHROPIC && apiKey.isBlank())
      throw new ConfigException("agents.api-key: is not set; agents.provider 'anthropic' needs it");
  }

  private static void checkBaseUrl(String text) {
    if (text.isEmpty()) return;
    try {
      URI url = URI.create(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null && url.getRawUserInfo() == null) return;
    } catch (IllegalArgumentException notAUrl) {
      // Refused below.
    }
    throw ConfigException.value(
        "agents.base-url", text, "allowed is an http or https URL without user name and password");
  }

  private static Map.Entry<String, Price> price(String text) {
    Matcher price = PRICE.matcher(text);
    if (!price.matches())
      throw ConfigException.value(
          "agents.prices",
          text,
          "allowed is MODEL=INPUT/OUTPUT, in US dollars for a million tokens");
    return Map.entry(
        price.group(1), new Price(new BigDecimal(price.group(2)), new BigDecimal(price.group(3))));
  }

  private static void checkCommand(String command) {
    boolean there =
        command.contains("/")
            ? Path.of(command).isAbsolute() && Files.isExecutable(Path.of(command))
            : List.of(PATH.split(":", -1)).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    if (!there)
      throw ConfigException.value(
          "agents.commands",
          command,
          "allowed are programs that are there, by absolute path or by name in " + PATH);
  }

  /** By model. */
  public Map<String, Price> priceByModel() {
    Map<String, Price> byModel = new LinkedHashMap<>();
    for (String text : prices) {
      Map.Entry<String, Price> price = price(text);
      byModel.put(price.getKey(), price.getValue());
    }
    return byModel;
  }
}

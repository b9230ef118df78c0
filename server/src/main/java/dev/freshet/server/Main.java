package dev.freshet.server;

import dev.freshet.agents.Agents;
import dev.freshet.agents.event.Limits;
import dev.freshet.agents.model.Models;
import dev.freshet.agents.model.Price;
import dev.freshet.agents.model.Provider;
import dev.freshet.agents.orchestrator.Orchestrator;
import dev.freshet.agents.run.RunSettings;
import dev.freshet.agents.tool.Commands;
import dev.freshet.agents.tool.Policy;
import dev.freshet.agents.tool.Sandbox;
import dev.freshet.agents.tool.Toolbox;
import dev.freshet.application.Application;
import dev.freshet.microscopy.Microscopy;
import dev.freshet.proxy.Proxied;
import dev.freshet.proxy.Proxy;
import dev.freshet.proxy.SettingException;
import dev.freshet.runtimes.Runtimes;
import dev.freshet.server.cli.Cli;
import dev.freshet.server.config.AgentsConfig;
import dev.freshet.server.config.Config;
import dev.freshet.server.config.ConfigException;
import dev.freshet.server.config.MicroscopyConfig;
import dev.freshet.server.config.TasksConfig;
import dev.freshet.tasks.Tasks;
import dev.freshet.tasks.transfer.Transfer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The program; the one place that names the applications. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(Cli.run(Main::applications, args));
  }

  /** The applications of a server that is configured like this. */
  public static List<Application> applications(Config config) {
    List<Application> applications =
        new ArrayList<>(
            List.of(
                microscopy(config.microscopy()),
                tasks(config),
                new Runtimes(config.runtime().interval()),
                agents(config)));
    if (!config.resources().isEmpty()) applications.add(proxy(config));
    return applications;
  }

  private static Proxy proxy(Config config) {
    List<Proxied> resources =
        config.resources().stream()
            .map(r ->
                new Proxied(
                    r.path(),
                    r.upstream(),
                    r.interval(),
                    r.check(),
                    r.until(),
                    r.timeout(),
                    r.requests()))
            .toList();
    try {
      return new Proxy(resources, config.limits().event().toInt());
    } catch (SettingException wrong) {
      String key = "resources[" + wrong.index() + "]." + wrong.key();
      throw ConfigException.value(key, wrong.value(), "allowed " + wrong.allowed());
    }
  }

  private static Microscopy microscopy(MicroscopyConfig config) {
    return new Microscopy(
        new Microscopy.Settings(
            config.staleAfter(), config.offlineAfter(), config.logBatch(), config.backlog()));
  }

  private static Tasks tasks(Config all) {
    TasksConfig config = all.tasks();
    return new Tasks(
        new Tasks.Settings(
            config.interval(),
            config.parallelTasks(),
            config.tenantTasks(),
            config.pending(),
            config.subtasks(),
            config.keep(),
            all.limits().event().toInt()),
        transfer(config));
  }

  private static Transfer transfer(TasksConfig config) {
    return new Transfer(
        new Transfer.Settings(
            config.roots(),
            config.fileRoots(),
            config.privateAddresses(),
            config.parallelParts(),
            config.part().bytes(),
            config.bandwidth().bytes(),
            config.connect(),
            config.stall(),
            config.attempts(),
            config.retry(),
            config.maxRetry()));
  }

  private static Agents agents(Config all) {
    AgentsConfig config = all.agents();
    RunSettings runs =
        new RunSettings(
            all.data().resolve("agents"),
            config.running(),
            config.tenantRunning(),
            config.preview(),
            config.thought(),
            all.limits().event().toInt(),
            config.approval(),
            config.silence(),
            config.keep());
    Orchestrator agent =
        new Orchestrator(
            orchestrator(config), new Models(models(config)), new Toolbox(tools(config)));
    return new Agents(runs, Optional.of(agent));
  }

  private static Orchestrator.Settings orchestrator(AgentsConfig config) {
    return new Orchestrator.Settings(
        new Limits(config.iterations(), config.time().toSeconds(), config.tokens(), config.cost()),
        new Sandbox.Bounds(
            config.fileBytes().bytes(), config.files(), config.directoryBytes().bytes()),
        config.toolTime(),
        config.conversation(),
        config.modelAttempts(),
        config.pace());
  }

  private static Models.Settings models(AgentsConfig config) {
    Map<String, Price> prices = new LinkedHashMap<>();
    config
        .priceByModel()
        .forEach((model, price) -> prices.put(model, new Price(price.input(), price.output())));
    return new Models.Settings(
        Provider.valueOf(config.provider().name()),
        config.models(),
        config.baseUrl(),
        config.apiKey(),
        prices,
        config.outputTokens(),
        config.thinkingTokens(),
        config.modelTimeout(),
        config.scriptedDelay());
  }

  private static Toolbox.Settings tools(AgentsConfig config) {
    Map<String, Policy> policies = new LinkedHashMap<>();
    config
        .tools()
        .byName()
        .forEach((tool, policy) -> policies.put(tool, Policy.valueOf(policy.name())));
    return new Toolbox.Settings(
        policies,
        config.httpHosts(),
        config.privateAddresses(),
        Commands.of(config.commands()),
        config.toolTime(),
        config.toolTime(),
        config.toolOutput().toInt(),
        config.files());
  }
}

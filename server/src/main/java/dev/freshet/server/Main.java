package dev.freshet.server;

import dev.freshet.application.Application;
import dev.freshet.microscopy.Microscopy;
import dev.freshet.proxy.Proxied;
import dev.freshet.proxy.Proxy;
import dev.freshet.proxy.SettingException;
import dev.freshet.runtimes.Runtimes;
import dev.freshet.server.cli.Cli;
import dev.freshet.server.config.Config;
import dev.freshet.server.config.ConfigException;
import dev.freshet.server.config.MicroscopyConfig;
import dev.freshet.server.config.TasksConfig;
import dev.freshet.tasks.Tasks;
import dev.freshet.tasks.transfer.Transfer;
import java.util.ArrayList;
import java.util.List;

/** The program; the one place that names the applications. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(Cli.run(Main::applications, args));
  }

  private static List<Application> applications(Config config) {
    List<Application> applications =
        new ArrayList<>(
            List.of(
                microscopy(config.microscopy()),
                tasks(config),
                new Runtimes(config.runtime().interval())));
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
}

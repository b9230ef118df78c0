package dev.freshet.server;

import dev.freshet.application.Application;
import dev.freshet.microscopy.Microscopy;
import dev.freshet.runtimes.Runtimes;
import dev.freshet.server.cli.Cli;
import dev.freshet.server.config.Config;
import dev.freshet.server.config.MicroscopyConfig;
import dev.freshet.server.config.TasksConfig;
import dev.freshet.tasks.Tasks;
import dev.freshet.tasks.transfer.Transfer;
import java.util.List;

/** The program; the one place that names the applications. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(Cli.run(Main::applications, args));
  }

  private static List<Application> applications(Config config) {
    return List.of(
        microscopy(config.microscopy()), tasks(config), new Runtimes(config.runtime().interval()));
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

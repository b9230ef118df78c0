package dev.freshet.server;

import dev.freshet.application.Application;
import dev.freshet.microscopy.Microscopy;
import dev.freshet.server.cli.Cli;
import dev.freshet.server.config.Config;
import dev.freshet.server.config.MicroscopyConfig;
import java.util.List;

/** The program; the one place that names the applications. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(Cli.run(Main::applications, args));
  }

  private static List<Application> applications(Config config) {
    return List.of(microscopy(config.microscopy()));
  }

  private static Microscopy microscopy(MicroscopyConfig config) {
    return new Microscopy(
        new Microscopy.Settings(
            config.staleAfter(), config.offlineAfter(), config.logBatch(), config.backlog()));
  }
}

package dev.freshet.server.cli;

import dev.freshet.application.Application;
import dev.freshet.server.Server;
import dev.freshet.server.config.Config;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code serve}: the server alone. */
@Command(
    name = "serve",
    description = "Starts the server and keeps it running; SIGTERM or Ctrl-C drains it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {
  private final Function<Config, List<Application>> applications;

  @Mixin private ListenOptions options = new ListenOptions();

  ServeCommand(Function<Config, List<Application>> applications) {
    this.applications = applications;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Config config = options.load();
    Logging.configure(config.logging());
    Server server = Server.start(config, applications.apply(config));
    Shutdown.run(server::close);
    Thread.currentThread().join();
    return 0;
  }
}

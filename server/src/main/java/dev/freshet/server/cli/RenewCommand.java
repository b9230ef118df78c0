package dev.freshet.server.cli;

import dev.freshet.server.Server;
import dev.freshet.server.config.Config;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code renew}: what makes a restored backup safe to serve (U3). */
@Command(
    name = "renew",
    description =
        "Tells a stopped server's store that a backup was restored: clients start afresh instead of resuming.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RenewCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws IOException {
    Config config = options.load(Map.of());
    Logging.configure(config.logging());
    int logs = Server.renew(config);
    spec.commandLine().getOut().println("renewed the logs of " + logs + " tenants");
    return 0;
  }
}

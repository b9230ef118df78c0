package dev.freshet.server.cli;

import dev.freshet.application.Application;
import dev.freshet.server.config.Config;
import dev.freshet.server.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line: 0 is success, 1 a failure, 2 a command or a configuration that is not
 * understood.
 */
@Command(
    name = "freshet",
    description = "Keeps screens fresh: live state over Server-Sent Events.",
    mixinStandardHelpOptions = true,
    version = "Freshet 0.1.0",
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:success", "1:it failed", "2:the command or the configuration is wrong"},
    subcommands = {
      HelpCommand.class,
      TokenCommand.class,
      RenewCommand.class,
      PublishCommand.class,
      TailCommand.class,
      SimulateCommand.class,
      RecordCommand.class,
      ReplayCommand.class
    })
public final class Cli implements Runnable {
  @Spec private CommandSpec spec;

  private Cli() {}

  /**
   * Runs a command.
   *
   * @param applications that a server with a configuration serves
   * @return the exit code
   */
  public static int run(Function<Config, List<Application>> applications, String... args) {
    return new CommandLine(new Cli())
        .addSubcommand(new ServeCommand(applications))
        .addSubcommand(new DemoCommand(applications))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command))
        .execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command");
  }

  /** One line on standard error, whatever went wrong. */
  private static int failed(Exception failure, CommandLine command) {
    boolean expected =
        failure instanceof ConfigException
            || failure instanceof IOException
            || failure instanceof UncheckedIOException;
    command.getErr().println(expected ? failure.getMessage() : failure.toString());
    return failure instanceof ConfigException ? 2 : 1;
  }
}

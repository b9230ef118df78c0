package dev.freshet.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay}: reports again what was recorded. */
@Command(
    name = "replay",
    description = "Reports to a server what was recorded.",
    mixinStandardHelpOptions = true,
    subcommands = ReplayMicroscopyCommand.class)
final class ReplayCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name what to replay: microscopy");
  }
}

package dev.freshet.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simulate}: something that reports, where there is nothing real. */
@Command(
    name = "simulate",
    description = "Reports to a server what something real would.",
    mixinStandardHelpOptions = true,
    subcommands = SimulateMicroscopyCommand.class)
final class SimulateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name what to simulate: microscopy");
  }
}

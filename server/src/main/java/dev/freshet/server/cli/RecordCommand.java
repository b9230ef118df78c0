package dev.freshet.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code record}: keeps what something real reports, to replay it. */
@Command(
    name = "record",
    description = "Records what is reported to a server.",
    mixinStandardHelpOptions = true,
    subcommands = RecordMicroscopyCommand.class)
final class RecordCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name what to record: microscopy");
  }
}

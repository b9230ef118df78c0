package dev.freshet.agents.tool;

import dev.freshet.event.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs a program that is allowed, with arguments and without a shell. The program has the rights of
 * the server's user: the directory is where it begins, not what confines it.
 *
 * @param most bytes of what it says, each of standard output and error
 */
record RunCommand(Commands commands, Duration time, int most) implements Tool {
  private static final int MAX_ARGUMENTS = 256;

  @Override
  public String name() {
    return "run_command";
  }

  @Override
  public String description() {
    return "Runs one of these programs in the run's directory, without a shell: "
        + String.join(", ", commands.names())
        + ". It gets no input, and "
        + time.toSeconds()
        + " s. What it says beyond "
        + most
        + " bytes is cut, which the result says.";
  }

  @Override
  public ObjectNode schema() {
    ObjectNode properties = Schemas.properties();
    ObjectNode command = Schemas.text("the program's name");
    if (!commands.isEmpty()) commands.names().forEach(command.withArray("enum")::add);
    properties.set("command", command);
    properties.set("args", Schemas.texts("its arguments, as they are", MAX_ARGUMENTS));
    return Schemas.object(properties, "command");
  }

  @Override
  public Done run(Sandbox sandbox, JsonNode params)
      throws ToolException, IOException, InterruptedException {
    String name = params.path("command").asString();
    Path program =
        commands
            .program(name)
            .orElseThrow(() -> new ToolException("'" + name + "' is not among the commands"));
    List<String> line = new ArrayList<>(List.of(program.toString()));
    for (JsonNode argument : params.path("args")) {
      if (argument.asString().indexOf('\0') >= 0) throw new ToolException("an argument has a NUL");
      line.add(argument.asString());
    }
    CommandProcess.Ended ended = new CommandProcess(line, sandbox, time, most).run();
    ObjectNode result =
        Json.MAPPER
            .createObjectNode()
            .put("exitCode", ended.exitCode())
            .put("output", ended.output().text())
            .put("error", ended.error().text())
            .put("truncated", ended.output().cut() || ended.error().cut());
    return Done.of(result);
  }
}

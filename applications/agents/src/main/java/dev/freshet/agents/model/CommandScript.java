package dev.freshet.agents.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;

/** Runs the command that the task has between backticks. */
final class CommandScript implements Script {
  private static final Pattern COMMAND = Pattern.compile("`([^`\\n]+)`");

  @Override
  public boolean fits(String words) {
    return words.contains("run") && COMMAND.matcher(words).find();
  }

  private static String command(String task) {
    Matcher command = COMMAND.matcher(task);
    return command.find() ? command.group(1).strip() : "true";
  }

  @Override
  public String goal(String task) {
    return "What `" + command(task) + "` says";
  }

  @Override
  public List<String> phases() {
    return List.of("Run the command");
  }

  @Override
  public Move next(Scene scene) {
    if (!scene.tools().contains("run_command"))
      return Script.failed("this server runs no commands (agents.commands)");
    Optional<Result> done = scene.newest("run_command");
    if (done.isEmpty()) return Act.of("I run it as it is, without a shell.", call(scene.task()));
    if (!done.get().good()) return Script.failed(done.get());
    return new Say(
        "",
        "It ended with "
            + done.get().json().path("exitCode").asInt()
            + " and said:\n\n```\n"
            + done.get().json().path("output").asString()
            + "\n```");
  }

  private static Call call(String task) {
    List<String> words = new ArrayList<>(Arrays.asList(command(task).split("\\s+", -1)));
    Call call = Call.of("run_command", "command", words.removeFirst());
    ArrayNode arguments = call.params().putArray("args");
    words.forEach(arguments::add);
    return call;
  }
}

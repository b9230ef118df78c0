package dev.freshet.agents.model;

import java.util.List;

/** Writes the task down, and says what the scripted model can do. */
final class OtherScript implements Script {
  private static final String NOTES = "notes.md";

  @Override
  public boolean fits(String words) {
    return true;
  }

  @Override
  public String goal(String task) {
    return "A note of the task, and what can be done about it";
  }

  @Override
  public List<String> phases() {
    return List.of("Write it down", "Say what can be done");
  }

  @Override
  public Move next(Scene scene) {
    if (scene.phase() > 0) return new Say("", help());
    if (scene.first())
      return Act.of(
          "These words are none that I have a script for. I write the task down.",
          Call.of("create_file", "path", NOTES, "content", "# The task\n\n" + scene.task() + "\n")
              .replacing());
    return scene
        .bad()
        .<Move>map(Script::failed)
        .orElseGet(() -> new Say("", "It is written down in `" + NOTES + "`."));
  }

  private static String help() {
    return """
    I am the scripted model, not a real one: I know a few tasks by their words.

    - *Make a landing page for …* writes, reads and improves a page.
    - *Summarise the CSV file* works out the numbers of a file given with the task, or of a sample.
    - *Fetch https://…* and *Run \\`command\\`* do so where the server allows it.
    - *Fail* shows how a run fails.

    Whoever runs this server can configure a model of Anthropic's or any OpenAI-compatible one.
    """
        .replace("\\`", "`");
  }
}

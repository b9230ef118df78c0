package dev.freshet.agents.model;

import java.util.List;

/** Fails, and says so. */
final class FailingScript implements Script {
  private static final String MISSING = "nowhere/to-be-found.txt";

  @Override
  public boolean fits(String words) {
    return words.contains("fail") || words.contains("impossible") || words.contains("go wrong");
  }

  @Override
  public String goal(String task) {
    return "What '" + MISSING + "' says";
  }

  @Override
  public List<String> phases() {
    return List.of("Read the file", "Say what it says");
  }

  @Override
  public Move next(Scene scene) {
    if (scene.first())
      return Act.of(
          "The task needs a file that I do not expect to be there. I try.",
          Call.of("read_file", "path", MISSING));
    return scene
        .bad()
        .<Move>map(bad -> Script.failed("without that file there is nothing to do; " + bad.text()))
        .orElseGet(() -> new Say("", "The file was there after all."));
  }
}

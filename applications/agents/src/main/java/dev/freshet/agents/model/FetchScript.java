package dev.freshet.agents.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Fetches the page that the task names, and keeps it. */
final class FetchScript implements Script {
  private static final Pattern URL = Pattern.compile("(?i)https?://[^\\s'\"`<>]+");
  private static final String KEPT = "page.txt";

  @Override
  public boolean fits(String words) {
    return words.contains("fetch") && URL.matcher(words).find();
  }

  private static String url(String task) {
    Matcher url = URL.matcher(task);
    return url.find() ? url.group() : "";
  }

  @Override
  public String goal(String task) {
    return "A copy of " + url(task) + " in " + KEPT;
  }

  @Override
  public List<String> phases() {
    return List.of("Fetch the page");
  }

  @Override
  public Move next(Scene scene) {
    if (!scene.tools().contains("http_get"))
      return Script.failed("this server fetches nothing (agents.http-hosts)");
    Optional<Result> bad = scene.bad();
    if (bad.isPresent()) return Script.failed(bad.get());
    Optional<Result> page = scene.newest("http_get");
    if (page.isEmpty()) return Act.of("I fetch it.", Call.of("http_get", "url", url(scene.task())));
    JsonNode answer = page.get().json();
    if (scene.newest("create_file").isEmpty())
      return Act.of(
          "It is there; I keep what it says.",
          Call.of("create_file", "path", KEPT, "content", answer.path("body").asString())
              .replacing());
    return new Say(
        "",
        "The page answered "
            + answer.path("status").asInt()
            + "; what it says is in `"
            + KEPT
            + "`.");
  }
}

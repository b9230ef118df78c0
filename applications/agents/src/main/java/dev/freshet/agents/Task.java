package dev.freshet.agents;

import dev.freshet.agents.event.Limits;
import dev.freshet.agents.event.Model;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is to do.
 *
 * @param owner the subject whose run it is
 * @param text what else the owner gave it to read
 * @param files that the owner gave it; the agent puts them into the directory first
 * @param directory the run's own, which is there
 * @param model one that the agent offers
 * @param limits none above those that the agent offers
 */
public record Task(
    String tenant,
    String executionId,
    String owner,
    String task,
    @Nullable String text,
    List<GivenFile> files,
    Path directory,
    Model model,
    Limits limits) {
  public Task {
    files = List.copyOf(files);
  }

  /**
   * A file that a task comes with.
   *
   * @param path below the run's directory
   */
  public record GivenFile(String path, String content) {}
}

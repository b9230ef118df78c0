package dev.freshet.agents;

import dev.freshet.agents.event.Limits;
import dev.freshet.agents.event.Model;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is to do.
 *
 * @param owner the subject whose run it is
 * @param text what else the owner gave it to read
 * @param directory the run's own, which is there; the owner's files are in it
 * @param model one that the agent offers
 * @param limits none above those that the agent offers
 */
public record Task(
    String tenant,
    String executionId,
    String owner,
    String task,
    @Nullable String text,
    Path directory,
    Model model,
    Limits limits) {}

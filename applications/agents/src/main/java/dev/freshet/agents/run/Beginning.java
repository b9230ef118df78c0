package dev.freshet.agents.run;

import dev.freshet.agents.event.Limits;
import dev.freshet.agents.event.Model;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run begins.
 *
 * @param owner the subject whose run it is
 * @param external whether an agent elsewhere reports it
 * @param key of idempotency (L3)
 * @param externalId what the agent calls it: the same of the same owner is the same run
 * @param request what was asked for, as a sum
 */
public record Beginning(
    String owner,
    String task,
    @Nullable Model model,
    @Nullable Limits limits,
    boolean external,
    Optional<String> key,
    Optional<String> externalId,
    String request) {
  /** One that an agent in this process, or elsewhere, tells of. */
  public static Beginning told(
      String owner, String task, @Nullable Model model, boolean external, String externalId) {
    return new Beginning(
        owner, task, model, null, external, Optional.empty(), Optional.of(externalId), "");
  }

  /** A run that was begun, now or before. */
  public record Begun(String id, boolean created) {}
}

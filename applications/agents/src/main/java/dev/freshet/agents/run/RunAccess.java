package dev.freshet.agents.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose run it is, and who may watch it.
 *
 * @param request what was asked for, as a sum, to tell a repeated request from another
 * @param externalId the agent's own id; null if it gave none
 */
public record RunAccess(
    String owner, List<String> viewers, String request, @Nullable String externalId) {
  public RunAccess {
    viewers = List.copyOf(viewers);
  }

  RunAccess with(List<String> others) {
    return new RunAccess(owner, others, request, externalId);
  }

  /** Whether the run is this subject's, or shared with it. */
  public boolean admits(String subject) {
    return owner.equals(subject) || viewers.contains(subject);
  }
}

package dev.freshet.agents.run;

import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.Decision;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.MadeFile;
import dev.freshet.agents.event.Step;
import dev.freshet.event.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How much of a run stays in its checkpoint, which has to fit into an event (R1). */
final class Weight {
  private final Map<String, Integer> open = new HashMap<>();
  private final Set<String> paths = new HashSet<>();
  private long kept;

  static Weight of(Execution head) {
    Weight weight = new Weight();
    weight.kept =
        (long) Json.from(head.plan()).length()
            + Json.from(head.phases()).length()
            + Json.from(head.approvals()).length()
            + Json.from(head.files()).length();
    head.files().forEach(file -> weight.paths.add(file.path()));
    for (Step step : head.steps()) {
      if (step instanceof Step.Call call && call.unsettled())
        weight.open.put(call.callId(), Json.from(call).length());
    }
    return weight;
  }

  /**
   * Takes an event into account.
   *
   * @param length of its data
   * @throws RunException if there is no room for it; nothing has changed then
   */
  void add(AgentEvent event, int length, int most, int mostOpen) {
    long more =
        switch (event) {
          case AgentEvent.PlanCreated e -> 2L * length;
          case AgentEvent.PhaseStart e -> length;
          case AgentEvent.ApprovalRequested e -> length;
          case AgentEvent.ApprovalResolved e -> length;
          case AgentEvent.ToolComplete e -> files(e.files());
          default -> 0;
        };
    String begins =
        switch (event) {
          case AgentEvent.ApprovalRequested e -> e.callId();
          case AgentEvent.ToolStart e -> e.callId();
          default -> null;
        };
    boolean opens = begins != null && !open.containsKey(begins);
    if (opens && open.size() == mostOpen) throw full("calls at once", open.size(), mostOpen);
    long opened = open.values().stream().mapToLong(Integer::longValue).sum();
    long next = kept + opened + more + (opens ? length : 0);
    if (next > most && !event.type().terminal())
      throw full("bytes of plan, phases, approvals, files and open calls", next, most);
    kept += more;
    if (opens && begins != null) open.put(begins, length);
    if (event instanceof AgentEvent.ToolComplete end) {
      open.remove(end.callId());
      end.files().forEach(file -> paths.add(file.path()));
    }
    if (event instanceof AgentEvent.ApprovalResolved answer
        && answer.decision() != Decision.APPROVED) open.remove(answer.callId());
  }

  /** Of those that were not there before: of each path the newest is kept. */
  private long files(List<MadeFile> made) {
    return made.stream()
        .filter(file -> !paths.contains(file.path()))
        .mapToLong(file -> Json.from(file).length())
        .sum();
  }

  private static RunException full(String what, long value, long most) {
    return new RunException(
        RunException.Kind.FULL,
        "the run has " + value + " " + what + "; at most " + most + ": end it, and begin another");
  }
}

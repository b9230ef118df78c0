package dev.freshet.agents.run;

import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.Decision;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.Step;
import dev.freshet.event.Json;
import java.util.HashMap;
import java.util.Map;

/** How much of a run stays in its checkpoint, which has to fit into an event (R1). */
final class Weight {
  private final Map<String, Integer> open = new HashMap<>();
  private long kept;

  static Weight of(Execution head) {
    Weight weight = new Weight();
    weight.kept =
        (long) Json.from(head.plan()).length()
            + Json.from(head.phases()).length()
            + Json.from(head.approvals()).length()
            + Json.from(head.files()).length();
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
          case AgentEvent.ToolComplete e -> Json.from(e.files()).length();
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
    if (event instanceof AgentEvent.ToolComplete end) open.remove(end.callId());
    if (event instanceof AgentEvent.ApprovalResolved answer
        && answer.decision() != Decision.APPROVED) open.remove(answer.callId());
  }

  private static RunException full(String what, long value, long most) {
    return new RunException(
        RunException.Kind.FULL,
        "the run has " + value + " " + what + "; at most " + most + ": end it, and begin another");
  }
}

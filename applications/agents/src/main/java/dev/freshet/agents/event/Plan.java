package dev.freshet.agents.event;

import java.util.List;

/** What an agent means to do. */
public record Plan(String goal, List<PlannedPhase> phases) {
  /** One part of it. */
  public record PlannedPhase(String id, String name) {
    public PlannedPhase {
      Ids.check("a phase's id", id);
    }
  }

  public Plan {
    phases = List.copyOf(phases);
  }
}

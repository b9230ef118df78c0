package dev.freshet.agents;

import dev.freshet.agents.event.Limits;
import dev.freshet.agents.event.Model;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What carries out the tasks that a server is given. Thread-safe. */
public interface Agent {
  /** What it serves. */
  Offer offer();

  /**
   * Carries out a task, on a virtual thread of the run's own, and tells all of it by the desk's
   * emitter: from the plan to {@code execution:complete} or {@code execution:error}. What it throws
   * ends the run as {@code agent_failed}. When the run is cancelled, or past its time, the thread
   * is interrupted, and the emitter throws.
   */
  void run(Task task, Desk desk) throws InterruptedException;

  /**
   * @param models the first is the default
   * @param limits the greatest there are, and the default
   */
  record Offer(List<Model> models, List<Tool> tools, Limits limits) {
    public Offer {
      models = List.copyOf(models);
      tools = List.copyOf(tools);
    }
  }

  /**
   * A tool as people are told of it.
   *
   * @param policy {@code auto}, {@code ask} or {@code never}
   * @param schema JSON Schema of its params
   */
  record Tool(String name, String description, String policy, JsonNode schema) {}
}

package dev.freshet.agents;

import dev.freshet.agents.event.Decision;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where an agent works: what connects it with those who watch its run. Thread-safe. */
public interface Desk {
  /** Of the run, which has started already. */
  AgentSseEmitter emitter();

  /**
   * Asks the people of the run whether a call may run, and waits for the answer, for as long as
   * there is time for it. Tells of both; an approved call is to be started, any other is over.
   *
   * @throws dev.freshet.agents.event.RunEndedException if the run is cancelled meanwhile
   */
  Answer ask(String callId, String toolName, JsonNode params) throws InterruptedException;

  /** Whether the run is over, whatever the agent does. */
  boolean ended();

  /** Has something stopped when the run is cancelled; at once if it is. Called on any thread. */
  void onCancel(Runnable stop);

  /**
   * What a person answered.
   *
   * @param reason for the model to read; null if none was given
   */
  record Answer(Decision decision, @Nullable String reason) {}
}

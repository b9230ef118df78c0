package dev.freshet.e2e;

import dev.freshet.agents.Agent;
import dev.freshet.agents.AgentSseEmitter;
import dev.freshet.agents.Desk;
import dev.freshet.agents.Task;
import dev.freshet.agents.event.Decision;
import dev.freshet.agents.event.ErrorCode;
import dev.freshet.agents.event.Limits;
import dev.freshet.agents.event.Model;
import dev.freshet.agents.event.ThoughtKind;
import dev.freshet.event.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;

/** An agent that does what its task says, in one word; and tells what else it was told. */
final class Clerk implements Agent {
  private static final JsonNode PARAMS = Json.parse("{\"to\":\"bob\"}").node();

  /** What an agent that waits goes on with, one for each time it waits. */
  final BlockingQueue<String> words = new LinkedBlockingQueue<>();

  @Override
  public Offer offer() {
    Limits limits = new Limits(10, 60, 1000, BigDecimal.ONE);
    return new Offer(List.of(new Model("one", "test", true)), List.of(), limits);
  }

  @Override
  public void run(Task task, Desk desk) throws InterruptedException {
    AgentSseEmitter tell = desk.emitter();
    tell.phaseStart("p", "Work");
    switch (task.task()) {
      case "fail" -> tell.executionError(ErrorCode.MODEL_FAILED, "The model is gone.");
      case "ask" -> ask(tell, desk);
      case "wait" -> {
        tell.thinkingDelta("t", 1, ThoughtKind.ANSWER, "One ");
        tell.thinkingDelta("t", 1, ThoughtKind.ANSWER, words.take());
        tell.thinking("t", 1, ThoughtKind.ANSWER, "One two.");
        finish(tell, "One two.");
      }
      default -> {
        tell.thinkingDelta("t", 1, ThoughtKind.REASONING, "Let me ");
        tell.thinkingDelta("t", 1, ThoughtKind.REASONING, "see.");
        tell.thinking("t", 1, ThoughtKind.REASONING, "Let me see.");
        tell.toolStart("c", "look", PARAMS);
        tell.toolComplete("c", Json.from(Map.of("found", 1)).node());
        String told = Objects.requireNonNullElse(task.text(), "nothing");
        tell.thinking("u", 1, ThoughtKind.ANSWER, "I was told " + told);
        finish(tell, "done");
      }
    }
  }

  private static void ask(AgentSseEmitter tell, Desk desk) throws InterruptedException {
    Desk.Answer answer = desk.ask("c", "send_mail", PARAMS);
    if (answer.decision() == Decision.APPROVED) {
      tell.toolStart("c", "send_mail", PARAMS);
      tell.toolComplete("c", Json.from("sent").node());
    }
    finish(tell, answer.decision().wire() + ": " + answer.reason());
  }

  private static void finish(AgentSseEmitter tell, String result) {
    tell.phaseComplete("p");
    tell.executionComplete(result);
  }
}

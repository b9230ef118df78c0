package dev.freshet.agents.agui;

import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.Decision;
import dev.freshet.agents.event.EventType;
import dev.freshet.agents.route.Access;
import dev.freshet.agents.route.Approving;
import dev.freshet.agents.route.Failures;
import dev.freshet.agents.run.RunNames;
import dev.freshet.agents.run.RunStore;
import dev.freshet.agents.run.RunTopics;
import dev.freshet.application.Call;
import dev.freshet.log.Recorded;
import dev.freshet.log.TopicState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes the answers to interrupts as those to approvals. */
record Resumption(Approving approving) {
  /** Approvals of one run that are looked for the newest among them. */
  private static final int MOST_ASKED = 10_000;

  private static final String ABANDONED = "The question was left unanswered.";

  /**
   * @param decision null where the question was abandoned
   */
  private record Answer(
      String executionId,
      String approvalId,
      @Nullable Decision decision,
      @Nullable String reason) {}

  /**
   * Gives the answers; one that names no question of the caller's is passed over, as AG-UI asks.
   *
   * @return the part of the run that follows the question that was asked last
   * @throws dev.freshet.application.ProblemException if there is nothing to answer, or not so
   */
  RunNames.Named resume(Call call, List<JsonNode> entries) {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++)
      answer(call, i, entries.get(i)).ifPresent(answers::add);
    Set<String> runs = answers.stream().map(Answer::executionId).collect(Collectors.toSet());
    if (runs.size() != 1)
      throw Failures.invalid(
          "body", "/resume", "answers the interrupts of " + runs.size() + " runs, not of one");
    RunTopics topics = new RunTopics(runs.iterator().next());
    answers.forEach(answer -> give(call, topics, answer));
    return new RunNames.Named(topics.id(), asked(call, topics, answers));
  }

  private static Optional<Answer> answer(Call call, int index, JsonNode entry) {
    String interrupt = entry.path("interruptId").asString("");
    Names.Part part = Names.Part.of(interrupt).filter(Names.Part::approval).orElse(null);
    if (part == null || !known(call, part)) return Optional.empty();
    if (entry.path("status").asString("").equals("cancelled"))
      return Optional.of(new Answer(part.executionId(), part.id(), null, null));
    JsonNode payload = entry.path("payload");
    JsonNode approved = payload.path(Interrupt.APPROVED);
    String at = "/resume/" + index + "/payload";
    if (!approved.isBoolean())
      throw Failures.invalid("body", at, "has no 'approved', true or false");
    if (payload.has("editedArgs"))
      throw Failures.invalid("body", at, "has 'editedArgs'; a call is approved as it is, or not");
    Decision decision = approved.booleanValue() ? Decision.APPROVED : Decision.REJECTED;
    String reason = payload.path(Interrupt.REASON).asString(null);
    return Optional.of(new Answer(part.executionId(), part.id(), decision, reason));
  }

  /** Whether it is a question to the caller. */
  private static boolean known(Call call, Names.Part part) {
    RunStore store = new Access(call).store();
    String subject = call.principal().subject();
    return store.summary(part.executionId()).stream()
            .flatMap(run -> run.approvals().stream())
            .anyMatch(asked -> asked.approvalId().equals(part.id()))
        && store.access(part.executionId()).filter(a -> a.owner().equals(subject)).isPresent();
  }

  private void give(Call call, RunTopics topics, Answer answer) {
    Decision decision = answer.decision();
    if (decision == null) approving.abandon(call, topics, answer.approvalId(), ABANDONED);
    else approving.resolve(call, topics, answer.approvalId(), decision, answer.reason());
  }

  /** Where the newest of the questions was asked. */
  private static long asked(Call call, RunTopics topics, List<Answer> answers) {
    RunStore store = new Access(call).store();
    TopicState head = store.head(topics.id()).orElseThrow(Failures::notFound);
    Set<String> ids = answers.stream().map(Answer::approvalId).collect(Collectors.toSet());
    return store.asked(head, RunStore.first(head) - 1, MOST_ASKED).stream()
        .filter(event -> ids.contains(approvalId(event)))
        .mapToLong(Recorded::offset)
        .max()
        .orElse(head.offset());
  }

  private static String approvalId(Recorded event) {
    AgentEvent asked = EventType.APPROVAL_REQUESTED.read(event.event().data());
    return asked instanceof AgentEvent.ApprovalRequested request ? request.approvalId() : "";
  }
}

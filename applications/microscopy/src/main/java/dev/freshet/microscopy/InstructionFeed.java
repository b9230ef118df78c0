package dev.freshet.microscopy;

import dev.freshet.application.Call;
import dev.freshet.application.Feed;
import dev.freshet.event.Filter;
import dev.freshet.event.TopicPattern;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /agent/{agent_id}/session/{session_id}/instructions/stream} (PROTOCOL §8.2). Who
 * follows it is the agent: what is delivered counts as sent, and the stream as a sign of life. So
 * it takes the grant to write the agent's status, besides that to read the instructions.
 */
final class InstructionFeed implements Feed {
  private final Agents agents;

  InstructionFeed(Agents agents) {
    this.agents = agents;
  }

  @Override
  public Optional<Selection> select(Call call) {
    SessionRequest request = new SessionRequest(call);
    AgentRecords records = request.records();
    SessionPlace place = request.sessionOfAgent(records);
    requireGrants(request, place);
    AgentSession session = records.session(place).orElseThrow(() -> Failures.notFound("Session"));
    if (!session.open()) return Optional.empty();
    agents.expire(call.tenant(), place);
    Filter filter = new Filter(List.of(place.instructionsAnywhere()), Set.of());
    return Optional.of(
        new Selection(filter, new InstructionRepresentation(call.tenant().clock(), new Object()))
            .with(new InstructionVoice(session.agentId(), session.sessionId()))
            .with(new InstructionAttendant(agents, call.tenant(), place)));
  }

  private static void requireGrants(SessionRequest request, SessionPlace place) {
    TopicPattern instructions = place.instructions();
    if (!request.call().principal().read().covers(instructions)) throw Failures.notFound("Session");
    if (!request.access().writes(place.at().status()))
      throw Failures.forbidden(place.at().status());
  }
}

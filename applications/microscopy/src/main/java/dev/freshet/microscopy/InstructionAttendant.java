package dev.freshet.microscopy;

import dev.freshet.Tenant;
import dev.freshet.application.Attendant;
import dev.freshet.application.ClientStream;
import dev.freshet.event.Topic;
import dev.freshet.log.LogException;
import dev.freshet.microscopy.Connections.Connection;
import dev.freshet.microscopy.InstructionLifecycle.Status;
import dev.freshet.subscription.EndReason;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notes what one instruction stream means for its agent: that it is there, and what has been sent.
 *
 * <p>What is written but not noted, because the process ended in between, stays pending: a later
 * connection without a position gets it again, and one that goes on behind it proves that it was
 * sent.
 */
final class InstructionAttendant implements Attendant {
  private final Agents agents;
  private final Tenant tenant;
  private final String agent;
  private final String session;
  private @Nullable Connection connection;

  /** Whether those were sent anew that had been sent before: the stream began with them. */
  private boolean repeated;

  InstructionAttendant(Agents agents, Tenant tenant, SessionPlace place) {
    this.agents = agents;
    this.tenant = tenant;
    this.agent = place.at().agent();
    this.session = place.session();
  }

  /** A session that was closed meanwhile did not know of this stream. */
  @Override
  public void opened(ClientStream stream) {
    repeated = stream.resumed();
    Connection opened = new Connection(tenant, agent, session, stream);
    connection = opened;
    agents.connections().add(opened);
    boolean open = agents.count(tenant, agent, this::greet);
    if (!open) stream.end(EndReason.COMPLETED);
  }

  private boolean greet(AgentLedger ledger) {
    Optional<SessionPlace> place = ledger.records().session(session);
    boolean open = place.flatMap(ledger.records()::session).filter(AgentSession::open).isPresent();
    if (open) ledger.connected(place.orElseThrow());
    return open;
  }

  @Override
  public void delivered(long offset) {
    boolean again = !repeated;
    Optional<SessionPlace> place = Agents.records(tenant).session(session);
    if (place.isPresent()) {
      agents.change(
          tenant, written(place.get(), offset, again), (i, ledger) -> sent(i, ledger, again));
    }
    repeated = true;
  }

  private List<Topic> written(SessionPlace place, long offset, boolean again) {
    return Agents.instructions(
        tenant, place, state -> state.offset() <= offset && toMark(Agents.of(state), again));
  }

  private static boolean toMark(Instruction instruction, boolean again) {
    return instruction.status() == Status.PENDING || (again && instruction.status() == Status.SENT);
  }

  /** One that was acknowledged meanwhile stays so. */
  private static Instruction sent(Instruction before, AgentLedger ledger, boolean again) {
    boolean mark = toMark(before, again) && before.deliverable(ledger.now());
    return mark ? before.sent(ledger.time()) : before;
  }

  @Override
  public void closed(String reason) {
    Connection gone = connection;
    if (gone == null) return;
    try {
      agents.connections().remove(gone);
      agents.review(tenant, agent);
    } catch (LogException.Closed shutDown) {
      // The next start finds no connections.
    }
  }
}

package dev.freshet.agents.route;

import dev.freshet.access.Grant;
import dev.freshet.agents.run.RunRepresentation;
import dev.freshet.agents.run.RunStore;
import dev.freshet.agents.run.Runs;
import dev.freshet.application.Call;
import dev.freshet.application.Feed;
import dev.freshet.event.Filter;
import dev.freshet.event.Position;
import dev.freshet.subscription.Start;
import java.util.Optional;

/** {@code GET /api/agent/stream/{execution_id}}. */
final class RunFeed implements Feed {
  private final Runs runs;

  RunFeed(Runs runs) {
    this.runs = runs;
  }

  @Override
  public Optional<Selection> select(Call call) {
    Access.Found run = new Access(call).readable();
    String topic = run.topics().run().path();
    boolean deltas = !call.queryParameter("deltas").orElse("").equals("false");
    Selection selection =
        new Selection(Filter.of(topic), new RunRepresentation(call.tenant(), deltas))
            .reading(Grant.of(topic));
    if (fromTheFirst(call, run)) selection = selection.from(beforeFirst(call, run));
    if (!run.granted()) {
      String subject = call.principal().subject();
      selection =
          selection.with(runs.watchers().attendant(call.tenant(), run.topics().id(), subject));
    }
    return Optional.of(selection);
  }

  /** A run that has ended is replayed, unless the client has seen some of it. */
  private static boolean fromTheFirst(Call call, Access.Found run) {
    Optional<String> position =
        call.header("Last-Event-ID")
            .filter(sent -> !sent.isEmpty())
            .or(() -> call.queryParameter("after").filter(sent -> !sent.isEmpty()));
    return position.map(Start.EARLIEST::equals).orElse(run.head().ended());
  }

  /** A position, so that a client learns of it where retention has taken some events (U3). */
  private static String beforeFirst(Call call, Access.Found run) {
    long epoch = call.tenant().log().epoch();
    return new Position(epoch, RunStore.first(run.head()) - 1).token();
  }
}

package dev.freshet.agents.agui;

import dev.freshet.subscription.EndReason;
import dev.freshet.subscription.ResetReason;
import dev.freshet.subscription.Voice;
import dev.freshet.view.Frame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stream that AG-UI's clients read: they take every event's data for one of theirs, so the stream
 * speaks of itself in comments.
 *
 * @param beginning what AG-UI's run begins with; empty for a client that goes on after a position
 * @param again what it begins with where that position is of no use
 * @param lost that it was of no use, which ends what the client had
 */
record AgUiVoice(Optional<Frame> beginning, List<ObjectNode> again, ObjectNode lost)
    implements Voice {
  AgUiVoice {
    again = List.copyOf(again);
  }

  @Override
  public @Nullable Frame opened(String stream) {
    return beginning.orElse(null);
  }

  @Override
  public @Nullable Frame heartbeat(String stream, Instant now) {
    return null;
  }

  @Override
  public Frame reset(ResetReason reason) {
    List<ObjectNode> events = new ArrayList<>();
    events.add(lost.deepCopy().put("message", "what this client had is gone: " + reason.wire()));
    events.addAll(again);
    return AgUiEvent.frame(events, false);
  }

  @Override
  public @Nullable Frame ended(EndReason reason) {
    return null;
  }
}

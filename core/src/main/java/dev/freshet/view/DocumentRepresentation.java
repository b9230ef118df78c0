package dev.freshet.view;

import dev.freshet.event.Json;
import dev.freshet.log.EventLog;
import dev.freshet.log.Recorded;
import dev.freshet.log.Revision;
import dev.freshet.log.TopicState;
import org.jspecify.annotations.Nullable;

/**
 * Shows a state whole, as an event without a name, and other events bare under theirs. The log has
 * patches: a change that is the newest is shown as the state of now, and one that is not is not
 * shown, since the newest follows it in the log (S1). So each document is sent once, and the last
 * one always.
 */
public record DocumentRepresentation(EventLog log) implements Representation {
  private static final String UNNAMED = "";

  @Override
  public @Nullable Frame event(Recorded recorded) {
    Revision revision = recorded.revision();
    if (revision == null) return new Frame(recorded.event().type(), recorded.event().data());
    if (revision.form() == Revision.Form.DELETION) return null;
    return log.state(recorded.event().topic())
        .filter(state -> state.version() == revision.version())
        .map(this::state)
        .orElse(null);
  }

  @Override
  public @Nullable Frame state(TopicState state) {
    Json value = state.value();
    return value == null ? null : new Frame(UNNAMED, value);
  }
}

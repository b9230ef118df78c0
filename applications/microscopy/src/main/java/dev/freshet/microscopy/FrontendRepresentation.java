package dev.freshet.microscopy;

import dev.freshet.event.Event;
import dev.freshet.event.Json;
import dev.freshet.log.Recorded;
import dev.freshet.log.Revision;
import dev.freshet.log.TopicState;
import dev.freshet.view.Frame;
import dev.freshet.view.Representation;
import org.jspecify.annotations.Nullable;

/** Bare payloads under the names that SmartEM clients know; the end of a state is not shown. */
enum FrontendRepresentation implements Representation {
  FRONTEND;

  @Override
  public @Nullable Frame event(Recorded recorded) {
    Event event = recorded.event();
    return FrontendEvent.of(event.topic())
        .filter(shown -> shown(shown, recorded))
        .map(shown -> new Frame(shown.type(), event.data()))
        .orElse(null);
  }

  private static boolean shown(FrontendEvent shown, Recorded recorded) {
    Revision revision = recorded.revision();
    if (revision == null) return recorded.event().type().equals(shown.type());
    return revision.form() == Revision.Form.VALUE;
  }

  @Override
  public @Nullable Frame state(TopicState state) {
    Json value = state.value();
    if (value == null) return null;
    return FrontendEvent.of(state.topic())
        .map(shown -> new Frame(shown.type(), value))
        .orElse(null);
  }
}

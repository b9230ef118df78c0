package dev.freshet.microscopy;

import dev.freshet.event.Event;
import dev.freshet.event.Json;
import dev.freshet.log.Recorded;
import dev.freshet.log.Revision;
import dev.freshet.log.TopicState;
import dev.freshet.view.Frame;
import dev.freshet.view.Representation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bare payloads under the names that SmartEM clients know; the end of a state is not shown. */
enum FrontendRepresentation implements Representation {
  FRONTEND;

  @Override
  public @Nullable Frame event(Recorded recorded) {
    Event event = recorded.event();
    return FrontendEvent.of(event.topic())
        .filter(shown -> shown(shown, recorded))
        .map(shown -> new Frame(shown.type(), data(shown, recorded)))
        .orElse(null);
  }

  /** A log line's id is where it is in the log: ascending, and the same for all who see it. */
  private static Json data(FrontendEvent shown, Recorded recorded) {
    Json data = recorded.event().data();
    return shown == FrontendEvent.AGENT_LOG ? withId(recorded.offset(), data) : data;
  }

  /** Kept payloads are objects with members. */
  private static Json withId(long id, Json payload) {
    byte[] head = ("{\"id\":" + id + ",").getBytes(StandardCharsets.US_ASCII);
    byte[] rest = payload.utf8();
    byte[] whole = Arrays.copyOf(head, head.length + rest.length - 1);
    System.arraycopy(rest, 1, whole, head.length, rest.length - 1);
    return Json.trusted(whole);
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

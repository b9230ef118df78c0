package dev.freshet.runtime;

import dev.freshet.event.Event;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.Recorded;
import dev.freshet.log.Revision;
import dev.freshet.log.TopicState;
import dev.freshet.view.Frame;
import dev.freshet.view.JsonText;
import dev.freshet.view.NativeRepresentation;
import dev.freshet.view.Representation;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames of PROTOCOL §8.6: one snapshot of all slices, then their changes.
 *
 * @param root of the runtime whose topics these are
 */
public record RuntimeRepresentation(Topic root) implements Representation {
  private static final int FRAME = 160;

  @Override
  public @Nullable Frame event(Recorded recorded) {
    Event event = recorded.event();
    Revision revision = recorded.revision();
    if (revision != null) return change(event, revision);
    return switch (event.type()) {
      case RuntimeStore.CUSTOM_EVENT, RuntimeStore.EXECUTION_STATUS ->
          new Frame(event.type(), event.data());
      default -> null;
    };
  }

  private static Frame change(Event event, Revision revision) {
    JsonText data = update(event.topic(), event.data().length());
    if (revision.form() == Revision.Form.DELETION) data.name("value").raw("null");
    NativeRepresentation.change(data, event, revision);
    return new Frame(EventTypes.STATE_UPDATE, data.close());
  }

  /** For a reader that lags: the value in the place of the changes that it missed. */
  @Override
  public @Nullable Frame state(TopicState state) {
    Json value = state.value();
    if (value == null) return null;
    JsonText data = update(state.topic(), value.length());
    data.name("version").raw(Long.toString(state.version()));
    data.name("base").raw(Long.toString(state.version() - 1));
    data.name("value").raw(value.utf8());
    data.name("timestamp").quoted(NativeRepresentation.time(state.time()));
    return new Frame(EventTypes.STATE_UPDATE, data.close());
  }

  private static JsonText update(Topic topic, int length) {
    return new JsonText(length + FRAME).open().name("slice").quoted(slice(topic));
  }

  @Override
  public boolean joined() {
    return true;
  }

  @Override
  public Frame states(List<TopicState> states, long offset) {
    JsonText data = new JsonText(FRAME).open().name("slices").open();
    for (TopicState state : states) data.name(slice(state.topic())).raw(value(state).utf8());
    data.endObject().name("versions").open();
    for (TopicState state : states)
      data.name(slice(state.topic())).raw(Long.toString(state.version()));
    data.endObject().name("timestamp").quoted(NativeRepresentation.time(newest(states)));
    return new Frame(EventTypes.STATE_INITIAL, data.close());
  }

  private static Json value(TopicState state) {
    Json value = state.value();
    return value == null ? Json.NULL : value;
  }

  /** The time of the newest change; frames are the same for all who share them. */
  private static Instant newest(List<TopicState> states) {
    return states.stream()
        .map(TopicState::time)
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  private static String slice(Topic topic) {
    String path = topic.path();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}

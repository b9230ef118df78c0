package dev.freshet.tasks;

import dev.freshet.event.EventTypes;
import dev.freshet.event.Json;
import dev.freshet.subscription.Voice;
import dev.freshet.view.Frame;
import dev.freshet.view.NativeRepresentation;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stream of documents begins with a comment, and its first event is the document. */
enum TaskVoice implements Voice {
  TASK;

  @Override
  public String greeting() {
    return "open";
  }

  @Override
  public @Nullable Frame opened(String stream) {
    return null;
  }

  @Override
  public Frame heartbeat(String stream, Instant now) {
    return new Frame(
        EventTypes.HEARTBEAT, Json.from(Map.of("time", NativeRepresentation.time(now))));
  }
}

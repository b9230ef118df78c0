package dev.freshet.view;

import dev.freshet.event.Event;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Json;
import dev.freshet.log.Recorded;
import dev.freshet.log.Revision;
import dev.freshet.log.TopicState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The frames of the native API (PROTOCOL §2.1). */
public enum NativeRepresentation implements Representation {
  NATIVE;

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  /** Events of one second share the text of all but their milliseconds. */
  private record Second(long epochSecond, String text) {}

  private static volatile Second lately = new Second(0, SECONDS.format(Instant.EPOCH));

  /** An instant as the protocol writes it: UTC, to the millisecond. */
  public static String time(Instant time) {
    Second second = lately;
    if (second.epochSecond() != time.getEpochSecond()) {
      second = new Second(time.getEpochSecond(), SECONDS.format(time));
      lately = second;
    }
    int millis = time.getNano() / 1_000_000;
    String zeros = millis < 10 ? ".00" : millis < 100 ? ".0" : ".";
    return second.text() + zeros + millis + "Z";
  }

  @Override
  public Frame event(Recorded recorded) {
    Event event = recorded.event();
    Revision revision = recorded.revision();
    JsonText data = new JsonText(event.data().length() + event.topic().path().length() + 160);
    data.open().name("topic").quoted(event.topic().path());
    if (revision == null) {
      data.name("time").quoted(time(event.time())).name("data").raw(event.data().utf8());
    } else {
      change(data, event, revision);
    }
    if (event.end()) data.name("end").raw("true");
    return new Frame(event.type(), data.close());
  }

  /** What every frame says of a change: versions, patches or value, cause and time. */
  public static void change(JsonText data, Event event, Revision revision) {
    data.name("version").raw(Long.toString(revision.version()));
    data.name("base").raw(Long.toString(revision.base()));
    switch (revision.form()) {
      case PATCH -> data.name("patches").raw(event.data().utf8());
      case VALUE -> data.name("value").raw(event.data().utf8());
      case DELETION -> {}
    }
    Revision.Cause cause = revision.cause();
    if (cause != null) cause(data, cause);
    data.name("timestamp").quoted(time(event.time()));
  }

  private static void cause(JsonText data, Revision.Cause cause) {
    data.name("cause").open().name("type").text(cause.type()).name("id").text(cause.id());
    Json payload = cause.payload();
    if (payload != null) data.name("payload").raw(payload.utf8());
    data.endObject();
  }

  @Override
  public Frame state(TopicState state) {
    Json value = state.value() == null ? Json.NULL : state.value();
    JsonText data = new JsonText(value.length() + state.topic().path().length() + 120);
    data.open().name("topic").quoted(state.topic().path());
    data.name("value").raw(value.utf8()).name("version").raw(Long.toString(state.version()));
    data.name("timestamp").quoted(time(state.time()));
    if (state.ended()) data.name("end").raw("true");
    return new Frame(EventTypes.STATE_INITIAL, data.close());
  }
}

package dev.freshet.server.stream;

import dev.freshet.event.Json;
import dev.freshet.event.Position;
import dev.freshet.subscription.EndReason;
import dev.freshet.subscription.ResetReason;
import dev.freshet.view.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A page being written as JSON (PROTOCOL §3). */
final class PageText {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
  private @Nullable ResetReason reset;
  private boolean empty = true;

  PageText() {
    text("{\"events\":[");
  }

  void add(@Nullable Frame frame, Optional<Position> id) {
    if (frame == null) return;
    for (Frame ahead : frame.before()) add(ahead, Optional.empty());
    text(empty ? "{" : ",{");
    empty = false;
    id.ifPresent(position -> text("\"id\":\"" + position.token() + "\","));
    text("\"type\":");
    out.writeBytes(Json.from(frame.type()).utf8());
    text(",\"data\":");
    out.writeBytes(frame.data().utf8());
    text("}");
  }

  void reset(@Nullable ResetReason reason) {
    reset = reason;
  }

  boolean empty() {
    return empty;
  }

  int size() {
    return out.size();
  }

  byte[] finish(Position position, boolean over, boolean more) {
    text("],\"position\":\"" + position.token() + "\"");
    if (reset != null) text(",\"reset\":{\"reason\":\"" + reset.wire() + "\"}");
    if (over) text(",\"end\":{\"reason\":\"" + EndReason.COMPLETED.wire() + "\"}");
    text(",\"more\":" + more + "}");
    return out.toByteArray();
  }

  private void text(String ascii) {
    out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}

package dev.freshet.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the data of frames. A known control or state frame must be what the protocol says; any
 * other frame that is not an event's envelope is unknown.
 */
final class FrameReader {
  private static final long LONGEST_HEARTBEAT_MILLIS = 86_400_000;

  private FrameReader() {}

  /**
   * @throws MalformedFrameException if a known frame lacks what it must have
   */
  static Frame read(SseFrame frame) {
    return switch (frame.type()) {
      case "stream.open" -> open(new Members(frame));
      case "stream.reset" -> new Frame.Reset(new Members(frame).text("reason"));
      case "stream.live" -> new Frame.Live(new Members(frame).text("position"));
      case "stream.end" -> new Frame.End(new Members(frame).text("reason"));
      case "heartbeat" -> new Frame.Heartbeat();
      case "state.initial" -> snapshot(new Members(frame));
      case "state.update" -> update(new Members(frame));
      case "state.delete" -> delete(new Members(frame));
      default -> reserved(frame.type()) ? new Frame.Unknown() : event(frame);
    };
  }

  /**
   * Reads a frame of an application's stream, whose events are bare payloads.
   *
   * @throws MalformedFrameException if a known control frame lacks what it must have
   */
  static Frame payload(SseFrame frame) {
    String type = frame.type();
    if (type.startsWith("stream.") || type.equals("heartbeat")) return read(frame);
    JsonNode payload = reserved(type) ? null : Json.readable(frame.data());
    return payload == null ? new Frame.Unknown() : new Frame.Told(type, payload);
  }

  private static boolean reserved(String type) {
    return type.startsWith("stream.")
        || type.startsWith("state.")
        || type.equals("message")
        || type.equals("open")
        || type.equals("error");
  }

  private static Frame open(Members m) {
    long heartbeat = Math.min(m.positive("heartbeatMs"), LONGEST_HEARTBEAT_MILLIS);
    return new Frame.Open(m.flag("resumed"), m.text("position"), Duration.ofMillis(heartbeat));
  }

  private static Frame snapshot(Members m) {
    return new Frame.Snapshot(m.text("topic"), m.any("value"), m.positive("version"), m.time());
  }

  private static Frame update(Members m) {
    JsonNode value = m.optional("value");
    JsonNode patches = m.optional("patches");
    if ((value == null) == (patches == null)) throw m.malformed("either value or patches");
    if (patches != null && !patches.isArray()) throw m.malformed("patches as an array");
    return new Frame.Update(
        m.text("topic"),
        m.positive("version"),
        m.number("base"),
        value,
        patches,
        Cause.read(m.node().path("cause")),
        m.node().path("end").asBoolean(false),
        m.time());
  }

  private static Frame delete(Members m) {
    return new Frame.Delete(
        m.text("topic"), m.positive("version"), m.node().path("end").asBoolean(false), m.time());
  }

  private static Frame event(SseFrame frame) {
    JsonNode node = Json.readable(frame.data());
    if (node == null || !node.path("topic").isString()) return new Frame.Unknown();
    JsonNode data = node.path("data").isMissingNode() ? Json.tree(null) : node.path("data");
    return new Frame.Happened(
        new Event(
            node.path("topic").stringValue(),
            frame.type(),
            instant(node.path("time")),
            data,
            node.path("end").asBoolean(false)));
  }

  private static @Nullable Instant instant(JsonNode node) {
    try {
      return node.isString() ? Instant.parse(node.stringValue()) : null;
    } catch (DateTimeException notATime) {
      return null;
    }
  }

  /** The members that a known frame must have. */
  private record Members(String type, JsonNode node) {
    Members(SseFrame frame) {
      this(frame.type(), Json.tree(Json.readable(frame.data())));
    }

    MalformedFrameException malformed(String needed) {
      return new MalformedFrameException(type, needed);
    }

    @Nullable JsonNode optional(String name) {
      JsonNode member = node.path(name);
      return member.isMissingNode() ? null : member;
    }

    JsonNode any(String name) {
      JsonNode member = optional(name);
      if (member == null) throw malformed(name);
      return member;
    }

    String text(String name) {
      if (!node.path(name).isString()) throw malformed(name + " as a string");
      return node.path(name).stringValue();
    }

    boolean flag(String name) {
      if (!node.path(name).isBoolean()) throw malformed(name + " as a boolean");
      return node.path(name).booleanValue();
    }

    long number(String name) {
      JsonNode member = node.path(name);
      if (!member.isIntegralNumber() || !member.canConvertToLong() || member.longValue() < 0) {
        throw malformed(name + " as a whole number");
      }
      return member.longValue();
    }

    long positive(String name) {
      long number = number(name);
      if (number == 0) throw malformed(name + " above 0");
      return number;
    }

    Instant time() {
      Instant time = instant(node.path("timestamp"));
      if (time == null) throw malformed("timestamp");
      return time;
    }
  }
}

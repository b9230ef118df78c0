package dev.freshet.subscription;

import dev.freshet.event.EventTypes;
import dev.freshet.event.Json;
import dev.freshet.event.Position;
import dev.freshet.sse.SseEncoder;
import dev.freshet.view.Frame;
import dev.freshet.view.NativeRepresentation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The frames that say how the stream itself is doing (PROTOCOL §2.1). Their ids are positions of
 * the subscription's own log (U6).
 *
 * @param retry what the client is told to wait before it reconnects
 * @param heartbeat what the client is told about the interval of heartbeats
 * @param speaker whose words stand in for some of them; null on most streams
 */
public record ControlFrames(Duration retry, Duration heartbeat, @Nullable Speaker speaker) {
  static final String GREETING = "freshet";

  /** A voice on one stream. */
  record Speaker(Voice voice, String stream, InstantSource clock) {}

  public ControlFrames(Duration retry, Duration heartbeat) {
    this(retry, heartbeat, null);
  }

  /**
   * The same where a voice speaks for one stream.
   *
   * @param stream the stream's id
   */
  public ControlFrames spokenBy(Voice voice, String stream, InstantSource clock) {
    return new ControlFrames(retry, heartbeat, new Speaker(voice, stream, clock));
  }

  ByteBuf open(Position position, Start start) {
    ByteBuf out = buffer();
    SseEncoder.comment(out, speaker == null ? GREETING : speaker.voice.greeting());
    SseEncoder.retry(out, retry.toMillis());
    if (speaker == null) event(out, EventTypes.STREAM_OPEN, null, opened(position, start));
    else opened(out, speaker);
    reset(out, start);
    return out;
  }

  private static void opened(ByteBuf out, Speaker by) {
    Frame frame = by.voice.opened(by.stream);
    if (frame != null) write(out, frame, null);
  }

  private String opened(Position position, Start start) {
    return "{\"resumed\":"
        + start.resumed()
        + ",\"position\":\""
        + position.token()
        + "\",\"heartbeatMs\":"
        + heartbeat.toMillis()
        + "}";
  }

  ByteBuf reset(Start start) {
    ByteBuf out = buffer();
    reset(out, start);
    return out;
  }

  private void reset(ByteBuf out, Start start) {
    ResetReason reason = start.reset();
    if (reason == null) return;
    write(out, speaker == null ? reset(reason) : speaker.voice.reset(reason), null);
  }

  static Frame reset(ResetReason reason) {
    return saying(EventTypes.STREAM_RESET, reason.wire());
  }

  private static Frame saying(String type, String reason) {
    String data = "{\"reason\":\"" + reason + "\"}";
    return new Frame(type, Json.trusted(data.getBytes(StandardCharsets.US_ASCII)));
  }

  ByteBuf live(Position position) {
    if (speaker != null) return spoken(speaker, position, speaker.clock.instant());
    ByteBuf out = buffer();
    event(out, EventTypes.STREAM_LIVE, position, "{\"position\":\"" + position.token() + "\"}");
    return out;
  }

  /** One heartbeat for all who have seen the log up to the same position. */
  ByteBuf heartbeat(Position position, Instant now) {
    if (speaker != null) return spoken(speaker, position, now);
    ByteBuf out = buffer();
    event(
        out,
        EventTypes.HEARTBEAT,
        position,
        "{\"time\":\"" + NativeRepresentation.time(now) + "\"}");
    return out;
  }

  /**
   * @param position null while snapshots are being sent: such a stream is begun again, not resumed
   *     (U1)
   * @param retry another reconnection time for this client; null to keep what it was told
   */
  ByteBuf end(@Nullable Position position, EndReason reason, @Nullable Duration retry) {
    ByteBuf out = buffer();
    if (retry != null) SseEncoder.retry(out, retry.toMillis());
    Frame frame = speaker == null ? end(reason) : speaker.voice.ended(reason);
    if (frame == null) SseEncoder.comment(out, "end " + reason.wire(), token(position));
    else write(out, frame, position);
    return out;
  }

  static Frame end(EndReason reason) {
    return saying(EventTypes.STREAM_END, reason.wire());
  }

  private static ByteBuf spoken(Speaker by, Position position, Instant now) {
    ByteBuf out = buffer();
    Frame frame = by.voice.heartbeat(by.stream, now);
    if (frame == null) SseEncoder.comment(out, EventTypes.HEARTBEAT, position.token());
    else write(out, frame, position);
    return out;
  }

  private static void write(ByteBuf out, Frame frame, @Nullable Position id) {
    for (Frame ahead : frame.before()) write(out, ahead, null);
    SseEncoder.event(out, frame.type(), token(id), frame.data().utf8());
  }

  private static @Nullable String token(@Nullable Position position) {
    return position == null ? null : position.token();
  }

  private static void event(ByteBuf out, String type, @Nullable Position id, String data) {
    SseEncoder.event(out, type, token(id), data.getBytes(StandardCharsets.US_ASCII));
  }

  private static ByteBuf buffer() {
    return PooledByteBufAllocator.DEFAULT.directBuffer(256);
  }
}

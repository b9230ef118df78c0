package dev.freshet.view;

import dev.freshet.event.Position;
import dev.freshet.log.Recorded;
import dev.freshet.log.TopicState;
import dev.freshet.sse.SseEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Encodes frames of one representation into a buffer of its own, which the next call overwrites.
 * For one thread.
 */
final class FrameEncoder {
  private static final int KEPT = 64 << 10;

  private final long epoch;
  private final LongAdder encoded;
  private ByteBuf scratch = Unpooled.buffer(1024);
  private boolean last;

  /**
   * @param encoded counts the frames
   */
  FrameEncoder(long epoch, LongAdder encoded) {
    this.epoch = epoch;
    this.encoded = encoded;
  }

  @Nullable ByteBuf event(Representation representation, Recorded recorded) {
    Frame frame = representation.event(recorded);
    return frame == null ? null : encode(frame, new Position(epoch, recorded.offset()).token());
  }

  /** Without an id: of the past, for a stream that cannot be resumed there. */
  @Nullable ByteBuf past(Representation representation, Recorded recorded) {
    Frame frame = representation.event(recorded);
    return frame == null ? null : encode(frame, null);
  }

  ByteBuf past(Frame frame) {
    return encode(frame, null);
  }

  @Nullable ByteBuf state(Representation representation, TopicState state) {
    Frame frame = representation.state(state);
    return frame == null ? null : encode(frame, null);
  }

  private ByteBuf encode(Frame frame, @Nullable String id) {
    if (scratch.capacity() > KEPT) scratch = Unpooled.buffer(1024);
    scratch.clear();
    encoded.increment();
    write(scratch, frame, id);
    last = frame.last();
    return scratch;
  }

  private static void write(ByteBuf out, Frame frame, @Nullable String id) {
    for (Frame ahead : frame.before()) write(out, ahead, null);
    SseEncoder.event(out, frame.type(), id, frame.data().utf8());
  }

  /** Whether what was encoded just now is its readers' last. */
  boolean last() {
    return last;
  }
}

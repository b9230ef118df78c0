package dev.freshet.log;

import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import java.time.Instant;

/** A state's bytes: flags, version, offset, time, and the value as what remains. */
final class StateCodec {
  /** Enough for all but the value. */
  static final int MARK_BYTES = 48;

  private static final int VALUED = 1;
  private static final int ENDED = 1 << 1;

  private StateCodec() {}

  static byte[] encode(TopicState state) {
    Json value = state.value();
    ByteWriter out = new ByteWriter(MARK_BYTES);
    out.u8((value == null ? 0 : VALUED) | (state.ended() ? ENDED : 0));
    out.varint(state.version()).varint(state.offset());
    out.instant(state.time());
    return value == null ? out.toBytes() : out.toBytes(value.utf8());
  }

  static TopicState decode(Topic topic, byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    Mark mark = mark(in);
    return mark.state(topic, mark.valued() ? Json.trusted(in.rest()) : null);
  }

  /** The mark from a state's first {@value #MARK_BYTES} bytes. */
  static Mark mark(byte[] head) {
    return mark(new ByteReader(head));
  }

  private static Mark mark(ByteReader in) {
    int flags = in.u8();
    long version = in.varint();
    long offset = in.varint();
    Instant time = in.instant();
    return new Mark(version, (flags & VALUED) != 0, time, offset, (flags & ENDED) != 0);
  }
}

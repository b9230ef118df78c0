package dev.freshet.log;

import dev.freshet.event.Event;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event's bytes: time of append, flags, time, topic, type, revision, and the data as what
 * remains. The offset is in the key only, so that a writer encodes before it knows its place.
 */
final class EventCodec {
  private static final int MILLIS_WIDTH = 6;
  private static final int END = 1;
  private static final int INDEXED = 1 << 1;
  private static final int REVISED = 1 << 2;
  private static final int CAUSED = 1 << 3;
  private static final int FORM_SHIFT = 4;
  private static final int FORM_MASK = 3;
  private static final int EXPLAINED = 1 << 6;

  private final TopicCache topics;

  EventCodec(TopicCache topics) {
    this.topics = topics;
  }

  /** The bytes with the time of append left open, see {@link #stamp}. */
  static byte[] encode(Entry entry, boolean indexed) {
    Event event = entry.event();
    ByteWriter out = new ByteWriter(64 + event.topic().path().length() + event.type().length());
    out.fixed(0, MILLIS_WIDTH).u8(flags(entry, indexed));
    out.instant(event.time()).text(event.topic().path()).text(event.type());
    if (entry.revision() != null) revision(out, entry.revision());
    return out.toBytes(event.data().utf8());
  }

  static void stamp(byte[] event, long millis) {
    long rest = millis;
    for (int i = MILLIS_WIDTH - 1; i >= 0; i--) {
      event[i] = (byte) rest;
      rest >>>= Byte.SIZE;
    }
  }

  private static int flags(Entry entry, boolean indexed) {
    Revision revision = entry.revision();
    int flags = (entry.event().end() ? END : 0) | (indexed ? INDEXED : 0);
    if (revision == null) return flags;
    return flags | REVISED | cause(revision.cause()) | form(revision.form()) << FORM_SHIFT;
  }

  private static int cause(Revision.@Nullable Cause cause) {
    if (cause == null) return 0;
    return cause.payload() == null ? CAUSED : CAUSED | EXPLAINED;
  }

  private static void revision(ByteWriter out, Revision revision) {
    out.varint(revision.base());
    Revision.Cause cause = revision.cause();
    if (cause == null) return;
    out.text(cause.type()).text(cause.id());
    if (cause.payload() != null) out.text(cause.payload().toString());
  }

  private static int form(Revision.Form form) {
    return switch (form) {
      case PATCH -> 0;
      case VALUE -> 1;
      case DELETION -> 2;
    };
  }

  private static Revision.Form form(int code) {
    return switch (code) {
      case 0 -> Revision.Form.PATCH;
      case 1 -> Revision.Form.VALUE;
      default -> Revision.Form.DELETION;
    };
  }

  Stored decode(long offset, byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    long millis = in.fixed(MILLIS_WIDTH);
    int flags = in.u8();
    Instant time = in.instant();
    Topic topic = topics.get(in.text());
    String type = in.text();
    Revision revision = (flags & REVISED) == 0 ? null : revision(in, flags);
    Event event = new Event(topic, type, time, Json.trusted(in.rest()), (flags & END) != 0);
    return new Stored(new Recorded(offset, event, revision), millis, (flags & INDEXED) != 0);
  }

  private static Revision revision(ByteReader in, int flags) {
    long base = in.varint();
    Revision.@Nullable Cause cause = (flags & CAUSED) == 0 ? null : cause(in, flags);
    return new Revision(base + 1, base, form(flags >> FORM_SHIFT & FORM_MASK), cause);
  }

  private static Revision.Cause cause(ByteReader in, int flags) {
    String type = in.text();
    String id = in.text();
    Json payload =
        (flags & EXPLAINED) == 0 ? null : Json.trusted(in.text().getBytes(StandardCharsets.UTF_8));
    return new Revision.Cause(type, id, payload);
  }
}

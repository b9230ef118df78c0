package dev.freshet.state;

import dev.freshet.event.Position;
import dev.freshet.event.Topic;
import dev.freshet.log.TopicState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the next writer of a topic finds: what the log holds, or what a group that is on its way
 * into it will make of it.
 *
 * @param value null if there is none
 * @param time of the last change; null if there never was one
 * @param offset of the event that changed or ended it last: in the log, or its index in the group
 * @param group null if it is in the log
 * @param stamp what {@link Pending} counted for the topic before the log was read
 */
record Held(
    long version,
    @Nullable Value value,
    boolean ended,
    @Nullable Instant time,
    long offset,
    @Nullable Group group,
    int stamp) {
  static final Held NOTHING = new Held(0, null, false, null, 0, null, 0);

  static Held of(TopicState state) {
    Value value = state.value() == null ? null : new Value(state.value());
    return new Held(state.version(), value, state.ended(), state.time(), state.offset(), null, 0);
  }

  Held stamped(int read) {
    return new Held(version, value, ended, time, offset, group, read);
  }

  /** The state that a change makes of this one, by the entry with that index. */
  Held changed(@Nullable Value next, boolean ends, Instant now, int index) {
    return new Held(version + 1, next, ends, now, index, null, 0);
  }

  Held in(Group pending, int first) {
    return new Held(version, value, ended, time, first + offset, pending, 0);
  }

  /** Where it stands, once the group has settled. */
  Position position(long epoch) {
    return group == null ? new Position(epoch, offset) : group.position(Math.toIntExact(offset));
  }

  void demand(Topic topic, Precondition precondition) {
    boolean met =
        switch (precondition) {
          case Precondition.None() -> true;
          case Precondition.Absent() -> value == null;
          case Precondition.Present() -> value != null;
          case Precondition.Version(long demanded) -> version == demanded;
        };
    if (!met) throw new StateException.PreconditionFailed(topic, precondition, version);
  }
}

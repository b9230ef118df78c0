package dev.freshet.log;

import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A topic's state without its value: what an append is checked against. The fields are those of
 * {@link TopicState}.
 */
record Mark(long version, boolean valued, Instant time, long offset, boolean ended) {
  static final Mark NONE = new Mark(0, false, Instant.EPOCH, 0, false);

  static Mark of(TopicState state) {
    return new Mark(
        state.version(), state.value() != null, state.time(), state.offset(), state.ended());
  }

  TopicState state(Topic topic, @Nullable Json value) {
    return new TopicState(topic, version, value, time, offset, ended);
  }

  /**
   * The mark after an entry at an offset; this one if the entry changes nothing here.
   *
   * @throws LogException.TopicEnded if nothing may follow
   * @throws LogException.VersionConflict if the entry was made from another version (S2)
   */
  Mark after(Entry entry, long offset) {
    Topic topic = entry.event().topic();
    if (ended && !removal(entry)) throw new LogException.TopicEnded(topic);
    Revision revision = entry.revision();
    boolean ends = entry.event().end();
    if (revision == null) {
      return ends
          ? new Mark(version, valued, version == 0 ? entry.event().time() : time, offset, true)
          : this;
    }
    if (revision.base() != version)
      throw new LogException.VersionConflict(topic, revision.base(), version);
    return new Mark(revision.version(), entry.value() != null, entry.event().time(), offset, ends);
  }

  /** The one change that a topic takes after its end: that its value goes. */
  private boolean removal(Entry entry) {
    return valued && entry.revision() != null && entry.value() == null && entry.event().end();
  }
}

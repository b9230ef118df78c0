package dev.freshet.log;

import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a batch makes of the states, if every entry may follow what is before it (S2, U7). */
final class Changes {
  /** The states before the batch. */
  interface Before {
    Mark mark(Topic topic);

    @Nullable Json value(Topic topic);
  }

  private final Before before;
  private final Map<Topic, TopicState> changed = new HashMap<>();

  private Changes(Before before) {
    this.before = before;
  }

  /**
   * The states that the batch changes, as they are after it.
   *
   * @param head the offset before the batch
   * @throws LogException.VersionConflict if a change was made from another version
   * @throws LogException.TopicEnded if a topic takes no more
   */
  static Map<Topic, TopicState> of(Batch batch, long head, Before before) {
    Changes changes = new Changes(before);
    long offset = head;
    for (Entry entry : batch.entries()) changes.apply(entry, ++offset);
    return changes.changed;
  }

  private void apply(Entry entry, long offset) {
    Topic topic = entry.event().topic();
    TopicState earlier = changed.get(topic);
    Mark mark = earlier == null ? before.mark(topic) : Mark.of(earlier);
    Mark after = mark.after(entry, offset);
    if (!after.equals(mark)) changed.put(topic, after.state(topic, value(entry, earlier)));
  }

  private @Nullable Json value(Entry entry, @Nullable TopicState earlier) {
    if (entry.revision() != null) return entry.value();
    return earlier == null ? before.value(entry.event().topic()) : earlier.value();
  }
}

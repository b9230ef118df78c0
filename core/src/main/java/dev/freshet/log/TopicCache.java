package dev.freshet.log;

import dev.freshet.event.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Topics that were read lately, so that reading many events of a topic checks its syntax once.
 * Races lose an entry at worst: a topic is immutable.
 */
final class TopicCache {
  private static final int SLOTS = 1 << 14;

  private final @Nullable Topic[] slots = new @Nullable Topic[SLOTS];

  Topic get(String path) {
    int slot = path.hashCode() & (SLOTS - 1);
    Topic cached = slots[slot];
    if (cached != null && cached.path().equals(path)) return cached;
    Topic topic = Topic.of(path);
    slots[slot] = topic;
    return topic;
  }
}

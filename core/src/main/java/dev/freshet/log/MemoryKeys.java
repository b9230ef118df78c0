package dev.freshet.log;

import dev.freshet.event.Position;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The idempotency keys of a {@link MemoryLog}, oldest first (L3). Owned by the log's writer. */
final class MemoryKeys {
  private final KeyWindow window;
  private final SequencedMap<String, Seen> seen = new LinkedHashMap<>();

  private record Seen(Position first, Position last, long millis) {}

  MemoryKeys(KeyWindow window) {
    this.window = window;
  }

  @Nullable Appended duplicate(String key, long now) {
    expire(now);
    Seen first = seen.get(key);
    return first == null ? null : new Appended(first.first(), first.last(), true);
  }

  void add(String key, Appended appended, long now) {
    if (seen.size() == window.count()) seen.pollFirstEntry();
    seen.put(key, new Seen(appended.first(), appended.last(), now));
  }

  void expire(long now) {
    while (!seen.isEmpty() && window.outlived(seen.firstEntry().getValue().millis(), now))
      seen.pollFirstEntry();
  }
}

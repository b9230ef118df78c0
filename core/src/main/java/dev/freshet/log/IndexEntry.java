package dev.freshet.log;

import dev.freshet.event.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A topic's events in one batch. The topic index holds one entry for them, under the offset of the
 * last, which names the others by their distance from it: a batch of a hundred events of a topic
 * costs one entry.
 */
final class IndexEntry {
  private static final byte[] NONE = {};

  private final Topic topic;
  private final int last;
  private final byte[] distances;

  private IndexEntry(Topic topic, int last, byte[] distances) {
    this.topic = topic;
    this.last = last;
    this.distances = distances;
  }

  static List<IndexEntry> of(List<Entry> batch) {
    if (batch.size() == 1)
      return List.of(new IndexEntry(batch.getFirst().event().topic(), 0, NONE));
    Map<Topic, IntStream.Builder> places = new LinkedHashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      places.computeIfAbsent(batch.get(i).event().topic(), t -> IntStream.builder()).add(i);
    }
    return places.entrySet().stream()
        .map(e -> of(e.getKey(), e.getValue().build().toArray()))
        .toList();
  }

  private static IndexEntry of(Topic topic, int[] places) {
    int last = places[places.length - 1];
    ByteWriter distances = new ByteWriter(places.length * 2);
    for (int i = places.length - 2; i >= 0; i--) distances.varint(last - places[i]);
    return new IndexEntry(topic, last, distances.toBytes());
  }

  Topic topic() {
    return topic;
  }

  /** The index of the topic's last event in the batch. */
  int last() {
    return last;
  }

  /** From the last event to those before it, nearest first, as varints. */
  byte[] distances() {
    return distances;
  }

  /** The offsets that an entry names, descending. */
  static long[] offsets(long last, byte[] distances) {
    LongStream.Builder offsets = LongStream.builder().add(last);
    ByteReader in = new ByteReader(distances);
    while (in.hasMore()) offsets.add(last - in.varint());
    return offsets.build().toArray();
  }
}

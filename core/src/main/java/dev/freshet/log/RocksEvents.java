package dev.freshet.log;

import dev.freshet.event.Filter;
import dev.freshet.event.Topic;
import java.util.List;
import java.util.Optional;

/**
 * Reads the events that a filter selects: through the topic index if they are few among many, else
 * one by one.
 */
record RocksEvents(Partition partition) {
  /** Below this many events looking at all of them is cheaper. */
  private static final long MIN_INDEXED = 256;

  /** Finding a topic in the index costs about as much as reading so many events. */
  private static final long EVENTS_PER_TOPIC = 32;

  private static final long MAX_TOPICS = 4096;
  private static final int OFFSETS = 1024;

  /** Backwards, where the topics are too many for the index. */
  private static final long MAX_LOOKED_AT = 100_000;

  Slice read(Filter filter, long after, long upTo, int limit) {
    partition.watermarks().require(filter, after);
    long last = Math.min(upTo, partition.head());
    Slice slice = after >= last ? new Slice(List.of(), after) : find(filter, after, last, limit);
    partition.watermarks().require(filter, after);
    return slice;
  }

  private Slice find(Filter filter, long after, long last, int limit) {
    SliceBuilder slice = new SliceBuilder(limit);
    long span = last - after;
    Optional<List<Topic>> topics = Optional.empty();
    if (span > MIN_INDEXED) {
      int few = (int) Math.min(MAX_TOPICS, span / EVENTS_PER_TOPIC);
      topics = new TopicIndex(partition).topics(filter.patterns(), few);
    }
    topics.ifPresentOrElse(
        few -> pick(filter, few, after, last, slice),
        () -> new EventScan(partition).forEach(after, last, e -> add(filter, e.recorded(), slice)));
    return slice.build(last);
  }

  private void pick(Filter filter, List<Topic> topics, long after, long last, SliceBuilder slice) {
    TopicIndex index = new TopicIndex(partition);
    long from = after;
    while (from < last) {
      long[] offsets = index.offsets(topics, from, last, OFFSETS);
      for (long offset : offsets) {
        if (!add(filter, event(filter, after, offset), slice)) return;
      }
      from = offsets.length < OFFSETS ? last : offsets[offsets.length - 1];
    }
  }

  /** The newest that match, ascending. */
  List<Recorded> last(Filter filter, long upTo, int limit) {
    SliceBuilder found = new SliceBuilder(limit);
    long last = Math.min(upTo, partition.head());
    new TopicIndex(partition)
        .topics(filter.patterns(), (int) MAX_TOPICS)
        .ifPresentOrElse(
            few -> pickBack(filter, few, last, limit, found),
            () ->
                new EventScan(partition)
                    .backwards(
                        Math.max(0, last - MAX_LOOKED_AT),
                        last,
                        e -> add(filter, e.recorded(), found)));
    return found.build(last).events().reversed();
  }

  private void pickBack(
      Filter filter, List<Topic> topics, long last, int limit, SliceBuilder found) {
    TopicIndex index = new TopicIndex(partition);
    int most = Math.max(limit, OFFSETS);
    long upTo = last;
    while (upTo > 0) {
      long[] offsets = index.lastOffsets(topics, upTo, most);
      for (long offset : offsets) {
        Optional<Recorded> event = kept(offset);
        if (event.isPresent() && !add(filter, event.get(), found)) return;
      }
      upTo = offsets.length < most ? 0 : offsets[offsets.length - 1] - 1;
    }
  }

  /** Empty if retention has removed it meanwhile. */
  private Optional<Recorded> kept(long offset) {
    return Optional.ofNullable(
            partition.database().get(Family.EVENTS, partition.layout().event(offset)))
        .map(event -> partition.decode(offset, event).recorded());
  }

  private Recorded event(Filter filter, long after, long offset) {
    byte[] event = partition.database().get(Family.EVENTS, partition.layout().event(offset));
    if (event != null) return partition.decode(offset, event).recorded();
    partition.watermarks().require(filter, after);
    throw new LogException.StorageFailed(
        "event " + offset + " is in the topic index but not in the log");
  }

  /** Returns whether there is room for more. */
  private static boolean add(Filter filter, Recorded recorded, SliceBuilder slice) {
    return !filter.matches(recorded.event()) || slice.add(recorded);
  }
}

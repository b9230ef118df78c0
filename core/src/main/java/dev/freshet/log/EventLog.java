package dev.freshet.log;

import dev.freshet.event.Filter;
import dev.freshet.event.Position;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import java.util.List;
import java.util.Optional;

/**
 * One tenant's events in one order, and the current state of each topic (L1–L5, S1).
 *
 * <p>All methods may be called from any thread and may block; none holds a lock that a reader and a
 * writer share while it does I/O. The contract asks for nothing that only a store in this process
 * could give: one ordered stream, an append that compares versions by topic, deduplication by key,
 * reads by position, and a push of what is new.
 *
 * <p>Every failure is a {@link LogException}, which says whether trying again can help.
 */
public interface EventLog extends AutoCloseable {
  /** Identifies this incarnation of the log; part of every {@link Position}. */
  long epoch();

  /** The position of the newest durable event; offset 0 if there is none yet. */
  Position head();

  /**
   * The oldest position after which a read with this filter is complete: a reader at an earlier one
   * has missed what retention removed (U3). Conservative where the filter overlaps several
   * retention rules.
   */
  Position start(Filter filter);

  /**
   * Appends all entries in one contiguous range, or none (L4), and returns when they are durable to
   * the configured level (L1). A batch whose key was seen in the window appends nothing and returns
   * the first one's range (L3).
   *
   * @throws LogException.VersionConflict if a change's base is not its topic's version (S2);
   *     nothing was appended
   * @throws LogException.TopicEnded if a topic has ended; nothing was appended
   * @throws LogException.StorageFull if the store has no room; nothing was appended, nothing
   *     acknowledged is lost
   * @throws LogException.StorageFailed if durability could not be reached; whether it was appended
   *     is unknown
   */
  Appended append(Batch batch);

  /**
   * The events after an offset that match, ascending, at most {@code limit} of them and none past
   * {@code upTo}; fewer, too, where they are large. The slice tells how far the log was looked at,
   * which is past its last event when what followed did not match: read on after that, not after
   * the last event.
   *
   * @param after an offset of this epoch, at or past {@link #start}
   * @param upTo an offset, inclusive; {@link Long#MAX_VALUE} for the head
   * @param limit at least 1
   * @throws LogException.Truncated if retention has passed {@code after} for this filter
   */
  Slice read(Filter filter, long after, long upTo, int limit);

  /**
   * The newest events that match, ascending, at most {@code limit} of them; fewer, too, where they
   * are large. Where the patterns match thousands of topics it looks back over a bounded part of
   * the log, and answers what it finds there.
   *
   * @param upTo an offset, inclusive; {@link Long#MAX_VALUE} for the head
   * @param limit at least 1
   */
  List<Recorded> last(Filter filter, long upTo, int limit);

  /** What the topic holds now: its state, or a mark that it has ended; empty if neither. */
  Optional<TopicState> state(Topic topic);

  /**
   * The states that match any of the patterns, sorted by topic, at one position: every change at or
   * before it is reflected, none after it. States without a value (deleted, or only ended) are left
   * out. Close it when done.
   */
  StateCut states(List<TopicPattern> patterns);

  /**
   * Topics that hold events or state, sorted, at most {@code limit} of them, beginning after {@code
   * after}; for administration, not for delivery.
   */
  List<TopicSummary> topics(TopicPattern pattern, Optional<Topic> after, int limit);

  /**
   * Calls the follower with every event after {@code after}, in order, once, on one thread of the
   * log's. What retention removes before a follower gets to it is left out; the offsets tell. A
   * follower that is slow delays only other followers of this log; one that throws is stopped.
   * Closing stops the calls; the call under way may still finish.
   */
  Following follow(long after, Follower follower);

  /**
   * Removes what the retention rules no longer keep (L5), and with an event what it left of a topic
   * that has no value: the version of a deleted state, the mark of an ended topic. The store also
   * does so by itself from time to time.
   */
  void retain();

  /** Stops followers and appends, and releases what belongs to this log alone. */
  @Override
  void close();

  /** Receives events as they become durable; see {@link #follow}. */
  @FunctionalInterface
  interface Follower {
    void appended(List<Recorded> events);
  }

  /** A follower's registration. */
  interface Following extends AutoCloseable {
    @Override
    void close();
  }
}

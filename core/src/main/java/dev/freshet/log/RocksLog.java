package dev.freshet.log;

import dev.freshet.event.Filter;
import dev.freshet.event.Position;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A log in RocksDB. It shares the database and the committer with the other tenants' logs. */
final class RocksLog implements EventLog {
  private final long epoch;
  private final Partition partition;
  private final Committer committer;
  private final RocksRetention retention;
  private final Consumer<RocksLog> whenClosed;

  /**
   * Closing waits for the appends and removals inside, so that who opens the log again finds it at
   * rest.
   */
  private final Gate writers = new Gate();

  RocksLog(
      long epoch,
      Partition partition,
      Committer committer,
      RocksRetention retention,
      Consumer<RocksLog> whenClosed) {
    this.epoch = epoch;
    this.partition = partition;
    this.committer = committer;
    this.retention = retention;
    this.whenClosed = whenClosed;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public Position head() {
    return new Position(epoch, partition.head());
  }

  @Override
  public Position start(Filter filter) {
    return new Position(epoch, partition.watermarks().start(filter));
  }

  @Override
  public Appended append(Batch batch) {
    writers.enter();
    try {
      return committer.commit(new Append(partition, epoch, batch));
    } finally {
      writers.exit();
    }
  }

  @Override
  public Slice read(Filter filter, long after, long upTo, int limit) {
    requireOpen();
    return new RocksEvents(partition).read(filter, after, upTo, limit);
  }

  @Override
  public List<Recorded> last(Filter filter, long upTo, int limit) {
    requireOpen();
    return new RocksEvents(partition).last(filter, upTo, limit);
  }

  @Override
  public Optional<TopicState> state(Topic topic) {
    requireOpen();
    Optional<TopicState> state = partition.state(topic);
    state.ifPresent(s -> partition.reveal(s.offset()));
    return state;
  }

  @Override
  public StateCut states(List<TopicPattern> patterns) {
    requireOpen();
    return new RocksStates(partition, epoch, patterns);
  }

  @Override
  public List<TopicSummary> topics(TopicPattern pattern, Optional<Topic> after, int limit) {
    requireOpen();
    try (RocksTopics topics = new RocksTopics(partition)) {
      return topics.list(pattern, after, limit);
    }
  }

  @Override
  public Following follow(long after, Follower follower) {
    return partition.tail().follow(after, follower);
  }

  @Override
  public void retain() {
    writers.enter();
    try {
      retention.retain();
    } finally {
      writers.exit();
    }
  }

  /** How many events were read from the store so far. */
  long reads() {
    return partition.reads();
  }

  private void requireOpen() {
    if (writers.refuses()) throw new LogException.Closed();
  }

  @Override
  public void close() {
    partition.tail().close();
    writers.close();
    whenClosed.accept(this);
  }
}

package dev.freshet.state;

import dev.freshet.event.Filter;
import dev.freshet.event.Position;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.Appended;
import dev.freshet.log.Batch;
import dev.freshet.log.EventLog;
import dev.freshet.log.Recorded;
import dev.freshet.log.Slice;
import dev.freshet.log.StateCut;
import dev.freshet.log.TopicState;
import dev.freshet.log.TopicSummary;
import java.util.List;
import java.util.Optional;

/** A log whose appends can be held up, counted or made to fail. */
record HookedLog(EventLog log, Hook hook) implements EventLog {
  interface Hook {
    Appended append(Batch batch);
  }

  @Override
  public Appended append(Batch batch) {
    return hook.append(batch);
  }

  @Override
  public long epoch() {
    return log.epoch();
  }

  @Override
  public Position head() {
    return log.head();
  }

  @Override
  public Position start(Filter filter) {
    return log.start(filter);
  }

  @Override
  public Slice read(Filter filter, long after, long upTo, int limit) {
    return log.read(filter, after, upTo, limit);
  }

  @Override
  public List<Recorded> last(Filter filter, long upTo, int limit) {
    return log.last(filter, upTo, limit);
  }

  @Override
  public Optional<TopicState> state(Topic topic) {
    return log.state(topic);
  }

  @Override
  public StateCut states(List<TopicPattern> patterns) {
    return log.states(patterns);
  }

  @Override
  public List<TopicSummary> topics(TopicPattern pattern, Optional<Topic> after, int limit) {
    return log.topics(pattern, after, limit);
  }

  @Override
  public Following follow(long after, Follower follower) {
    return log.follow(after, follower);
  }

  @Override
  public void retain() {
    log.retain();
  }

  @Override
  public void close() {
    log.close();
  }
}

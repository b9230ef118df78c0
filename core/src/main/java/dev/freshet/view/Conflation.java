package dev.freshet.view;

import dev.freshet.event.Topic;
import dev.freshet.log.EventLog;
import dev.freshet.log.Recorded;
import dev.freshet.log.Revision;
import dev.freshet.log.TopicState;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For a reader that fell behind: a state's newest value where its first missed change would stand,
 * and none of the changes that the value already holds (U5). The value comes first, not last, so
 * that a reader that resumes in between holds at least what its position says.
 */
final class Conflation {
  /** What becomes of an event. */
  sealed interface Verdict {
    /** It is sent as it is. */
    record Keep() implements Verdict {}

    /** A value that was sent before holds it. */
    record Skip() implements Verdict {}

    /** This value is sent in its place. */
    record Replace(TopicState newest) implements Verdict {}
  }

  private static final Verdict KEEP = new Verdict.Keep();
  private static final Verdict SKIP = new Verdict.Skip();

  private final EventLog log;
  private final Map<Topic, Long> sent = new HashMap<>();

  Conflation(EventLog log) {
    this.log = log;
  }

  Verdict of(Recorded recorded) {
    Revision revision = recorded.revision();
    if (revision == null || recorded.event().end()) return KEEP;
    Topic topic = recorded.event().topic();
    if (sent.getOrDefault(topic, 0L) >= revision.version()) return SKIP;
    TopicState newest = newest(topic);
    if (newest == null || newest.version() < revision.version()) return KEEP;
    sent.put(topic, newest.version());
    return new Verdict.Replace(newest);
  }

  /** The state of now, if it has a value; one that is deleted is told by its changes. */
  private @Nullable TopicState newest(Topic topic) {
    TopicState state = log.state(topic).orElse(null);
    return state == null || state.value() == null ? null : state;
  }
}

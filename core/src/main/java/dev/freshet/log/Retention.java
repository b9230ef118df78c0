package dev.freshet.log;

import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long events are kept (L5). The first rule whose pattern matches an event's topic applies to
 * it; the last rule matches everything. Current states are kept whatever the rules say.
 */
public record Retention(List<Rule> rules) {
  /** A week, 10 million events or 8 GiB, whichever comes first. */
  public static final Retention DEFAULT =
      new Retention(List.of(new Rule(TopicPattern.ALL, Duration.ofDays(7), 10_000_000, 8L << 30)));

  public Retention {
    List<Rule> all = new ArrayList<>(rules);
    if (all.isEmpty() || !all.getLast().pattern().equals(TopicPattern.ALL)) all.add(DEFAULT_RULE);
    rules = List.copyOf(all);
  }

  private static final Rule DEFAULT_RULE =
      new Rule(TopicPattern.ALL, Duration.ofDays(7), 10_000_000, 8L << 30);

  /** The index of the rule that applies to a topic; the last one's for what no rule matches. */
  public int ruleOf(Topic topic) {
    for (int i = 0; i < rules.size() - 1; i++) {
      if (rules.get(i).pattern().matches(topic)) return i;
    }
    return rules.size() - 1;
  }

  /**
   * Keeps events until the first bound is passed; then the oldest go.
   *
   * @param maxAge since the event was appended
   * @param maxBytes of topic, type and data together, summed over the rule's events
   */
  public record Rule(TopicPattern pattern, Duration maxAge, long maxCount, long maxBytes) {
    public Rule {
      if (maxAge.isNegative() || maxAge.isZero() || maxCount < 1 || maxBytes < 1) {
        throw new IllegalArgumentException("retention of '" + pattern + "' needs positive bounds");
      }
    }

    /** Whether what was appended at a time, in milliseconds of the epoch, is too old now. */
    boolean outlived(long appended, long now) {
      return now - appended > maxAge.toMillis();
    }
  }
}

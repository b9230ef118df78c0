package dev.freshet.agents.run;

import dev.freshet.application.IdempotencyKey;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;

/**
 * Where a run is kept. Its events and its checkpoint are at one topic; what is written once and may
 * be large has topics of its own, apart, so that all runs can be listed without it.
 */
public record RunTopics(String id) {
  public static final TopicPattern RUNS = TopicPattern.of("$agents/runs/*");
  public static final TopicPattern ACCESS = TopicPattern.of("$agents/access/*");
  public static final TopicPattern ALL = TopicPattern.of("$agents/**");

  /** The run that a topic of {@link #RUNS} is of. */
  public static RunTopics of(Topic run) {
    return new RunTopics(run.path().substring(run.path().lastIndexOf('/') + 1));
  }

  public Topic run() {
    return Topic.of("$agents/runs/" + id);
  }

  /** A page of steps, by the place of its first. */
  Topic steps(int from) {
    return Topic.of("$agents/steps/" + id + "/" + from);
  }

  TopicPattern steps() {
    return TopicPattern.of("$agents/steps/" + id + "/*");
  }

  /** What of a tool call is too large for an event. */
  public Topic result(String callId) {
    return Topic.of("$agents/results/" + id + "/" + callId);
  }

  /** The run's result, where it is too large for an event. */
  public Topic result() {
    return Topic.of("$agents/results/" + id);
  }

  TopicPattern results() {
    return TopicPattern.of("$agents/results/" + id + "/**");
  }

  /** Whose it is, and who may watch it. */
  Topic access() {
    return Topic.of("$agents/access/" + id);
  }

  /** Which run has an id of the agent's own. */
  static Topic named(String owner, String externalId) {
    return Topic.of("$agents/named/" + IdempotencyKey.sum(owner + "\n" + externalId));
  }
}

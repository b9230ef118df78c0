package dev.freshet.state;

import dev.freshet.event.Filter;
import dev.freshet.event.Topic;
import dev.freshet.log.Appended;
import dev.freshet.log.EventLog;
import dev.freshet.log.LogException;
import dev.freshet.log.Recorded;
import dev.freshet.log.TopicState;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writes the states of one tenant: each change becomes one event, which carries a patch where that
 * is shorter than the value, and is appended together with the value it makes (S1, S3). A write
 * that changes nothing appends nothing (S5); numbers are the same if their texts are, and the order
 * of members does not count.
 *
 * <p>Ending a topic is a change: if its value stays the same, the event is an empty patch (or,
 * where there is no value, a deletion) with the next version. A topic that has ended still takes a
 * write that changes nothing, and a deletion that ends it again.
 *
 * <p>Thread-safe. Methods block until the change is durable. Writers of one topic in this process
 * share an append; other writers of the same log are noticed by the version, and the work is done
 * again. {@link LogException}s of the log pass through.
 */
public final class StateStore {
  private final EventLog log;
  private final Values values;
  private final Combiner combiner;

  /**
   * @param clock tells the time of the events
   */
  public StateStore(EventLog log, InstantSource clock, Limits limits) {
    this.log = log;
    this.values = new Values(limits);
    this.combiner = new Combiner(log, values, clock);
  }

  /**
   * What the topic holds: its state, a deletion, or the mark that it has ended; empty if none of
   * them.
   */
  public Optional<TopicState> get(Topic topic) {
    return log.state(topic);
  }

  /**
   * Sets the topic's value.
   *
   * @throws StateException if the precondition is not met or the value is past a limit
   */
  public Written put(Topic topic, JsonNode value, WriteOptions options) {
    Value next = values.of(topic, value);
    return write(topic, options, before -> next);
  }

  /**
   * Applies RFC 6902 operations to the topic's value.
   *
   * @throws PatchException if they are not a patch, or not one that can be applied to the value
   * @throws StateException if there is no value, the precondition is not met, or the result is past
   *     a limit
   */
  public Written patch(Topic topic, JsonNode operations, WriteOptions options) {
    JsonPatch patch = values.patch(operations);
    return write(topic, options, before -> values.of(topic, patch.apply(present(topic, before))));
  }

  /**
   * Applies an RFC 7396 merge patch to the topic's value.
   *
   * @throws StateException if there is no value, the precondition is not met, or the result is past
   *     a limit
   */
  public Written merge(Topic topic, JsonNode mergePatch, WriteOptions options) {
    return write(
        topic,
        options,
        before -> values.of(topic, MergePatch.apply(present(topic, before), mergePatch)));
  }

  /**
   * Removes the topic's value, if it has one. The version goes on.
   *
   * @throws StateException if the precondition is not met
   */
  public Written delete(Topic topic, WriteOptions options) {
    return write(topic, options, before -> null);
  }

  /**
   * Appends changes of several states, and events, as one (L4); empty if the work came to nothing.
   * The work may run more than once, and other writers may wait for it: it computes and does no
   * I/O, and it writes by its {@link Changes} only. What it throws ends the commit, with nothing
   * appended. A topic that it reads without changing it may have changed by the time of the append.
   *
   * @throws StateException.Contended if other writers of the log came first at every attempt
   */
  public Optional<Appended> commit(Consumer<Changes> work) {
    return combiner
        .run(draft -> {
          work.accept(draft);
          return draft;
        })
        .appended();
  }

  private static JsonNode present(Topic topic, @Nullable Value value) {
    if (value == null) throw new StateException.StateMissing(topic);
    return value.node();
  }

  private Written write(Topic topic, WriteOptions options, Draft.Edit edit) {
    Ticket.Settled<Draft.Change> settled =
        combiner.run(draft -> {
          options.key().ifPresent(draft::key);
          return draft.change(topic, options, edit);
        });
    Draft.Change change = settled.result();
    Optional<Appended> duplicate = settled.appended().filter(Appended::duplicate);
    if (change == null || duplicate.isPresent()) return first(topic, duplicate.orElseThrow());
    long version = change.after().version();
    return settled
        .appended()
        .map(own -> new Written(topic, version, own.first(), true, change.created()))
        .orElseGet(
            () -> new Written(topic, version, change.after().position(log.epoch()), false, false));
  }

  /**
   * The answer that the key had the first time; the state of now if retention has removed what was
   * appended.
   */
  private Written first(Topic topic, Appended range) {
    return made(topic, range).stream()
        .filter(e -> e.revision() != null)
        .reduce((earlier, later) -> later)
        .map(Recorded::revision)
        .map(revision -> new Written(topic, revision.version(), range.last(), false, false))
        .orElseGet(() ->
            new Written(
                topic, get(topic).map(TopicState::version).orElse(0L), range.last(), false, false));
  }

  private List<Recorded> made(Topic topic, Appended range) {
    try {
      long last = range.last().offset();
      return log.read(Filter.of(topic.path()), range.first().offset() - 1, last, range.count())
          .events();
    } catch (LogException.Truncated gone) {
      return List.of();
    }
  }

  /**
   * What a state may cost.
   *
   * @param valueBytes of a value's compact JSON text
   * @param depth of nesting of a value
   * @param patchOperations in one JSON Patch
   * @param diffVisits nodes and steps that a diff may look at; past it the value is sent (S3)
   */
  public record Limits(int valueBytes, int depth, int patchOperations, int diffVisits) {
    public static final Limits DEFAULT = new Limits(1 << 20, 128, 4096, 500_000);

    /** What is nested deeper cannot be read back. */
    private static final int MAX_DEPTH = 480;

    public Limits {
      if (valueBytes < 1 || patchOperations < 1 || diffVisits < 1) {
        throw new IllegalArgumentException("limits of a state must be positive");
      }
      if (depth < 1 || depth > MAX_DEPTH) {
        throw new IllegalArgumentException(
            "depth of a state must be 1 to " + MAX_DEPTH + "; it is " + depth);
      }
    }
  }
}

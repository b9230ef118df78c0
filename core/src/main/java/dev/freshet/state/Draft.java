package dev.freshet.state;

import dev.freshet.event.Event;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.Entry;
import dev.freshet.log.LogException;
import dev.freshet.log.Revision;
import dev.freshet.log.Revision.Cause;
import dev.freshet.log.Revision.Form;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * One run of a writer's work: the states it found, and the entries it would append. For one thread.
 */
final class Draft implements Changes {
  private final Function<Topic, Held> states;
  private final Values values;
  private final Instant now;
  private final Map<Topic, Held> found = new HashMap<>();
  private final Map<Topic, Held> changed = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private Optional<Cause> cause = Optional.empty();
  private Optional<String> key = Optional.empty();

  Draft(Function<Topic, Held> states, Values values, InstantSource clock) {
    this.states = states;
    this.values = values;
    this.now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** What the states were before this run. */
  Map<Topic, Held> found() {
    return found;
  }

  /** What it made of them; their offsets are indices of {@link #entries}. */
  Map<Topic, Held> changed() {
    return changed;
  }

  List<Entry> entries() {
    return entries;
  }

  /** Of the entries' data and values. */
  long bytes() {
    long bytes = 0;
    for (Entry entry : entries) {
      Json value = entry.value();
      bytes += entry.event().data().length() + (value == null ? 0 : value.length());
    }
    return bytes;
  }

  Optional<String> key() {
    return key;
  }

  private Held held(Topic topic) {
    Held held = changed.get(topic);
    return held != null ? held : found.computeIfAbsent(topic, states);
  }

  /** Makes the value that the edit answers the topic's; null stands for none on both sides. */
  Change change(Topic topic, WriteOptions options, Edit edit) {
    Held before = held(topic);
    before.demand(topic, options.precondition());
    Value next = edit.apply(before.value());
    boolean ends = options.end() && !before.ended();
    if (!ends && same(before.value(), next)) return new Change(before, false, false);
    boolean removes = next == null && options.end();
    if (before.ended() && !removes) throw new LogException.TopicEnded(topic);
    Held after = before.changed(next, options.end(), now, entries.size());
    entries.add(entry(topic, before, after, options));
    changed.put(topic, after);
    return new Change(after, true, before.value() == null && next != null);
  }

  private static boolean same(@Nullable Value before, @Nullable Value next) {
    if (before == null || next == null) return before == null && next == null;
    return before.same(next);
  }

  private Entry entry(Topic topic, Held before, Held after, WriteOptions options) {
    Values.Data data = values.data(before.value(), after.value(), options.whole());
    Cause named = options.cause().or(() -> cause).orElse(null);
    Revision revision = new Revision(after.version(), before.version(), data.form(), named);
    String type = data.form() == Form.DELETION ? EventTypes.STATE_DELETE : EventTypes.STATE_UPDATE;
    Value value = after.value();
    return new Entry(
        new Event(topic, type, now, data.json(), after.ended()),
        revision,
        value == null ? null : value.json());
  }

  @Override
  public JsonNode get(Topic topic) {
    return copy(held(topic).value());
  }

  @Override
  public Optional<Instant> changedAt(Topic topic) {
    return Optional.ofNullable(held(topic).time());
  }

  private static JsonNode copy(@Nullable Value value) {
    return value == null ? MissingNode.getInstance() : value.node().deepCopy();
  }

  @Override
  public Changes put(Topic topic, JsonNode value, WriteOptions options) {
    Value next = values.of(topic, value);
    return apply(topic, options, before -> next);
  }

  @Override
  public Changes update(Topic topic, UnaryOperator<JsonNode> edit, WriteOptions options) {
    return apply(topic, options, before -> orNone(topic, edit.apply(copy(before))));
  }

  private @Nullable Value orNone(Topic topic, JsonNode value) {
    return value.isMissingNode() ? null : values.of(topic, value);
  }

  @Override
  public Changes delete(Topic topic, WriteOptions options) {
    return apply(topic, options, before -> null);
  }

  private Changes apply(Topic topic, WriteOptions options, Edit edit) {
    if (options.key().isPresent())
      throw new IllegalArgumentException("a key is for all the changes: use key(…)");
    change(topic, options, edit);
    return this;
  }

  @Override
  public Changes publish(Event event) {
    values.check(event);
    entries.add(Entry.of(event));
    return this;
  }

  @Override
  public Changes cause(Cause named) {
    cause = Optional.of(named);
    return this;
  }

  @Override
  public Changes key(String idempotencyKey) {
    key = Optional.of(idempotencyKey);
    return this;
  }

  /** The value that a topic is to have; null stands for none. */
  interface Edit {
    @Nullable Value apply(@Nullable Value before);
  }

  /** What a change came to: the state after it, which is the one before it if nothing changed. */
  record Change(Held after, boolean changed, boolean created) {}
}

package dev.freshet.runtime;

import dev.freshet.event.Event;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.Appended;
import dev.freshet.log.EventLog;
import dev.freshet.log.LogException;
import dev.freshet.log.Recorded;
import dev.freshet.log.Revision;
import dev.freshet.log.TopicState;
import dev.freshet.runtime.Dispatched.Change;
import dev.freshet.state.Changes;
import dev.freshet.state.StateStore;
import dev.freshet.state.WriteOptions;
import dev.freshet.view.NativeRepresentation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A runtime in one tenant. What an action changes is one commit, with one diff a slice whatever the
 * number of viewers (L4, S3). Several of these, in several processes, may dispatch to the same
 * slices: reducers run again where another came first. Thread-safe; methods block until what they
 * did is durable.
 */
public final class RuntimeStore {
  /** The type of the events that say how an execution is doing. */
  public static final String EXECUTION_STATUS = "execution.status";

  /** The type of the events that mean what the program says. */
  public static final String CUSTOM_EVENT = "custom-event";

  private static final int SLICE = 256;

  private final Runtime runtime;
  private final EventLog log;
  private final StateStore states;
  private final InstantSource clock;

  private RuntimeStore(Runtime runtime, EventLog log, StateStore states, InstantSource clock) {
    this.runtime = runtime;
    this.log = log;
    this.states = states;
    this.clock = clock;
  }

  /**
   * The runtime in the tenant of that log. Slices that hold no value yet get their first.
   *
   * @param states of the log
   */
  public static RuntimeStore open(
      Runtime runtime, EventLog log, StateStore states, InstantSource clock) {
    RuntimeStore store = new RuntimeStore(runtime, log, states, clock);
    states.commit(store::begin);
    return store;
  }

  private void begin(Changes changes) {
    for (Slice<?> slice : runtime.slices()) {
      Topic topic = runtime.topic(slice.name());
      if (changes.get(topic).isMissingNode()) changes.put(topic, slice.initial());
    }
  }

  public Runtime runtime() {
    return runtime;
  }

  /** The slice's value as it is now. */
  @SuppressWarnings({"unchecked", "NullAway"}) // What is read is of the slice's type.
  public <T extends @Nullable Object> T get(Slice<T> slice) {
    JsonNode value =
        log.state(runtime.topic(slice.name()))
            .map(TopicState::value)
            .map(Json::node)
            .orElseGet(slice::initial);
    return (T) slice.read(value);
  }

  /**
   * Does an action of the program's own.
   *
   * @throws ActionException if it was not done
   */
  public Dispatched dispatch(Action action) {
    return dispatch(action, "", false);
  }

  /**
   * Does an action from outside, with the reducers that allow it.
   *
   * @param sender whose ids are kept apart from those of others
   * @throws ActionException if it was not done
   */
  public Dispatched accept(Action action, String sender) {
    return dispatch(action, "by " + sender, true);
  }

  private Dispatched dispatch(Action action, String sender, boolean outside) {
    List<String> taking = runtime.taking(action, outside);
    if (taking.isEmpty()) throw new ActionException.Unknown(action.type());
    String key = Keys.of("action", runtime.root().path(), sender, action.id());
    Optional<Appended> appended =
        states.commit(changes -> {
          changes.key(key);
          for (String slice : taking) reduce(changes, slice, action);
        });
    return appended
        .map(range -> dispatched(range, action))
        .orElseGet(() -> new Dispatched(List.of(), false));
  }

  private void reduce(Changes changes, String name, Action action) {
    Slice<?> slice = runtime.slice(name).orElseThrow();
    Topic topic = runtime.topic(name);
    JsonNode value = changes.get(topic);
    JsonNode next = slice.reduce(value.isMissingNode() ? slice.initial() : value, action);
    changes.put(topic, next, WriteOptions.NONE.cause(slice.cause(action)));
  }

  private Dispatched dispatched(Appended range, Action action) {
    List<Change> changes = new ArrayList<>();
    for (Recorded recorded : made(range)) {
      Revision revision = recorded.revision();
      if (revision == null) continue;
      Revision.Cause cause = revision.cause();
      if (cause != null && !cause.type().equals(action.type()))
        throw new ActionException.IdUsed(action.id(), cause.type());
      List<String> segments = recorded.event().topic().segments();
      changes.add(new Change(segments.getLast(), revision.version()));
    }
    return new Dispatched(changes, range.duplicate());
  }

  /** What an action appended; nothing if retention has removed it. */
  private List<Recorded> made(Appended range) {
    Filter slices = Filter.of(runtime.root().path() + "/slices/*");
    List<Recorded> events = new ArrayList<>();
    long last = range.last().offset();
    try {
      for (long at = range.first().offset() - 1; at < last; ) {
        dev.freshet.log.Slice read = log.read(slices, at, last, SLICE);
        events.addAll(read.events());
        at = read.through();
      }
      return events;
    } catch (LogException.Truncated gone) {
      return List.of();
    }
  }

  /** Tells every viewer something that changes no slice. */
  public void publish(String name, Object payload) {
    append(custom(runtime.events(), name, Optional.empty(), payload), Optional.empty());
  }

  /** Tells the viewers of a slice something that does not change it. */
  public void publish(Slice<?> slice, String name, Object payload) {
    String of = slice.name();
    append(custom(runtime.events(of), name, Optional.of(of), payload), Optional.empty());
  }

  private Event custom(Topic topic, String name, Optional<String> slice, Object payload) {
    Instant now = clock.instant();
    ObjectNode data = Json.MAPPER.createObjectNode().put("name", name);
    slice.ifPresent(of -> data.put("slice", of));
    data.set("payload", Json.from(payload).node());
    data.put("timestamp", NativeRepresentation.time(now));
    return Event.of(topic, CUSTOM_EVENT, now, Json.of(data));
  }

  /** Tells that an execution has started; to be told once how it ended. */
  public Execution start(String executionId, String turnId) {
    Execution execution = new Execution(this, executionId, turnId);
    execution.started();
    return execution;
  }

  /**
   * @param once what is told once, whoever tells it (L3)
   */
  void tell(Execution.Status status, String once) {
    Event event =
        Event.of(runtime.executions(), EXECUTION_STATUS, clock.instant(), Json.from(status));
    append(
        event,
        Optional.of(
            Keys.of(
                "execution",
                runtime.root().path(),
                status.executionId(),
                status.turnId() + "\n" + once)));
  }

  private void append(Event event, Optional<String> key) {
    states.commit(changes -> {
      key.ifPresent(changes::key);
      changes.publish(event);
    });
  }
}

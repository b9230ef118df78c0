package dev.freshet;

import dev.freshet.access.Grant;
import dev.freshet.access.Principal;
import dev.freshet.event.Event;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.Appended;
import dev.freshet.log.Batch;
import dev.freshet.log.Entry;
import dev.freshet.log.EventLog;
import dev.freshet.resource.Resources;
import dev.freshet.runtime.Runtime;
import dev.freshet.runtime.RuntimeStore;
import dev.freshet.state.StateStore;
import dev.freshet.subscription.Subscription;
import dev.freshet.view.Views;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** One tenant: its log, its states and its views. Thread-safe. */
public final class Tenant {
  private final String name;
  private final EventLog log;
  private final StateStore states;
  private final Views views;
  private final InstantSource clock;
  private final Resources resources;

  Tenant(String name, EventLog log, StateStore states, Views views, InstantSource clock) {
    this.name = name;
    this.log = log;
    this.states = states;
    this.views = views;
    this.clock = clock;
    this.resources = new Resources(log, states, clock);
  }

  public String name() {
    return name;
  }

  public EventLog log() {
    return log;
  }

  public StateStore states() {
    return states;
  }

  public Views views() {
    return views;
  }

  public InstantSource clock() {
    return clock;
  }

  /** The documents that loaders keep live while they are watched. */
  public Resources resources() {
    return resources;
  }

  /** Publishes one event with the time of now; blocks until it is durable (L1). */
  public Appended publish(String topic, String type, Object data) {
    return publish(
        List.of(Event.of(Topic.of(topic), type, clock.instant(), Json.from(data))),
        Optional.empty());
  }

  /** Publishes events as one batch, all or nothing (L4); blocks until they are durable. */
  public Appended publish(List<Event> events, Optional<String> key) {
    return log.append(new Batch(events.stream().map(Entry::of).toList(), key));
  }

  /** A runtime in this tenant; what it had here before is still there. */
  public RuntimeStore runtime(Runtime runtime) {
    return RuntimeStore.open(runtime, log, states, clock);
  }

  /**
   * Begins with the snapshots of the matching states and goes on live; see {@link Subscription}.
   */
  public Subscription subscribe(String... patterns) {
    return subscribe(Filter.of(patterns), Principal.embedded(name).read(), Optional.empty());
  }

  /**
   * @param position a position token to resume after, or {@code earliest}
   */
  public Subscription subscribe(Filter filter, Grant read, Optional<String> position) {
    return Subscription.open(views, filter, read, position);
  }
}

package dev.freshet.resource;

import dev.freshet.event.Topic;
import dev.freshet.log.EventLog;
import dev.freshet.state.StateStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one tenant that are watched. Whatever the number of viewers, a resource has one
 * loader, one diff a change and one state, which is streamed as every state is (PROTOCOL §8.7):
 *
 * <pre>{@code
 * Resource order = Resource.of("orders/7", before -> Loaded.of(orders.find(7)));
 * try (Lease lease = tenant.resources().watch(order);
 *     Subscription viewer = tenant.subscribe("orders/7")) {
 *   lease.ready().get(5, TimeUnit.SECONDS);
 *   System.out.println(viewer.next());
 * }
 * }</pre>
 *
 * Who may watch is the caller's to decide, for each viewer, before it calls {@link #watch}.
 * Thread-safe.
 */
public final class Resources implements AutoCloseable {
  /** The type of the events that say that loads fail, and since when. */
  public static final String STALE = "resource.stale";

  /** The type of the event that says that a load succeeded again. */
  public static final String FRESH = "resource.fresh";

  private final EventLog log;
  private final StateStore states;
  private final InstantSource clock;
  private final Map<Topic, Feeding> feedings = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param states of the log
   */
  public Resources(EventLog log, StateStore states, InstantSource clock) {
    this.log = log;
    this.states = states;
    this.clock = clock;
  }

  /**
   * Has the resource loaded until the lease is closed. While its topic is watched already, this
   * joins, and that one's loader and pace stay. A topic that has ended is not loaded any more.
   */
  public Lease watch(Resource resource) {
    return new Lease(
        Objects.requireNonNull(
            feedings.compute(
                resource.topic(),
                (topic, feeding) ->
                    feeding != null && feeding.enter() ? feeding : begin(resource, feeding))));
  }

  private Feeding begin(Resource resource, @Nullable Feeding predecessor) {
    if (closed) throw new IllegalStateException("the resources are closed");
    return Feeding.begin(
        resource, predecessor, log, states, clock, over -> feedings.remove(resource.topic(), over));
  }

  /** The topics that are watched, or were until lately. */
  public List<Topic> active() {
    return List.copyOf(feedings.keySet());
  }

  /** Ends all loading; nothing can be watched any more. */
  @Override
  public void close() {
    closed = true;
    List.copyOf(feedings.values()).forEach(Feeding::stop);
  }
}

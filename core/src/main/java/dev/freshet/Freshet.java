package dev.freshet;

import dev.freshet.log.LogStore;
import dev.freshet.state.StateStore;
import dev.freshet.view.PageSettings;
import dev.freshet.view.Views;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library: the tenants of one store, each with its log, states and views. Embeddable in any
 * program; thread-safe.
 *
 * <pre>{@code
 * try (Freshet freshet = Freshet.open(new MemoryLogStore())) {
 *   Tenant tenant = freshet.tenant("acme");
 *   Subscription orders = tenant.subscribe("orders/**");
 *   tenant.publish("orders/7", "order.created", Map.of("total", 12));
 *   System.out.println(orders.next());
 * }
 * }</pre>
 */
public final class Freshet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Freshet.class);

  private final LogStore store;
  private final Settings settings;
  private final Map<String, Tenant> tenants = new ConcurrentHashMap<>();
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService sweeper;

  /**
   * @param pages how much of each log is kept encoded in memory
   * @param states bounds on states and diffs
   */
  public record Settings(PageSettings pages, StateStore.Limits states, InstantSource clock) {
    public static final Settings DEFAULT =
        new Settings(PageSettings.DEFAULT, StateStore.Limits.DEFAULT, InstantSource.system());
  }

  private Freshet(LogStore store, Settings settings) {
    this.store = store;
    this.settings = settings;
    this.sweeper =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("freshet-sweeper").factory());
    long period = Math.max(10, settings.pages().idle().toMillis());
    var unused = sweeper.scheduleWithFixedDelay(this::sweep, period, period, TimeUnit.MILLISECONDS);
  }

  /** Opens the library on a store, which it closes when it is closed. */
  public static Freshet open(LogStore store) {
    return open(store, Settings.DEFAULT);
  }

  public static Freshet open(LogStore store, Settings settings) {
    return new Freshet(store, settings);
  }

  /** The tenant with this name, made if it is new; the same instance at every call. */
  public Tenant tenant(String name) {
    return tenants.computeIfAbsent(name, this::create);
  }

  /** The tenants used since the start. */
  public Collection<Tenant> tenants() {
    return List.copyOf(tenants.values());
  }

  public LogStore store() {
    return store;
  }

  /** Where work that reads the log runs: a virtual thread a task. */
  public ExecutorService blocking() {
    return blocking;
  }

  private Tenant create(String name) {
    var log = store.log(name);
    var states = new StateStore(log, settings.clock(), settings.states());
    return new Tenant(
        name, log, states, new Views(log, settings.pages(), blocking), settings.clock());
  }

  private void sweep() {
    for (Tenant tenant : tenants.values()) {
      try {
        tenant.views().sweep();
      } catch (RuntimeException failed) {
        LOG.error("sweeping tenant '{}' failed", tenant.name(), failed);
      }
    }
  }

  @Override
  public void close() {
    sweeper.shutdownNow();
    for (Tenant tenant : tenants.values()) {
      tenant.resources().close();
      tenant.views().close();
    }
    blocking.shutdown();
    store.close();
  }
}

package dev.freshet.runtimes;

import dev.freshet.Freshet;
import dev.freshet.application.Application;
import dev.freshet.application.Feed;
import dev.freshet.application.Operation;
import dev.freshet.application.Summary;
import dev.freshet.event.TopicPattern;
import dev.freshet.runtime.Runtime;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The runtimes of the embedding program, and the server's own operating state, watched at {@code
 * GET /events} and dispatched to at {@code POST /runtime/actions} (PROTOCOL §8.6). Runtimes are
 * registered before the server starts. Thread-safe.
 */
public final class Runtimes implements Application {
  private final Map<String, Host> hosts = new LinkedHashMap<>();
  private final Duration interval;
  private @Nullable Freshet freshet;
  private @Nullable OperatingState own;

  public Runtimes() {
    this(Duration.ofSeconds(2));
  }

  /**
   * @param interval how often the server's operating state is looked at while somebody watches
   */
  public Runtimes(Duration interval) {
    this.interval = interval;
  }

  /** Makes a runtime known, in every tenant. */
  public synchronized Runtimes register(Runtime runtime) {
    if (runtime.name().equals(OperatingState.NAME))
      throw new IllegalArgumentException("'" + runtime.name() + "' is the server's own runtime");
    if (hosts.putIfAbsent(runtime.name(), new Host(runtime)) != null)
      throw new IllegalArgumentException("two runtimes are called '" + runtime.name() + "'");
    return this;
  }

  /** The one of that name; without one the first that was registered, or else the server's own. */
  synchronized Host host(Optional<String> name) {
    List<Host> all = new ArrayList<>(hosts.values());
    if (own != null) all.add(own);
    return all.stream()
        .filter(host -> name.isEmpty() || host.runtime().name().equals(name.get()))
        .findFirst()
        .orElseThrow(() -> Failures.noRuntime(name.orElse("")));
  }

  @Override
  public String name() {
    return "runtime";
  }

  @Override
  public URL openApi() {
    return Objects.requireNonNull(Runtimes.class.getResource("openapi.yaml"));
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of("dispatchAction", new Dispatching(this));
  }

  @Override
  public Map<String, Feed> feeds() {
    return Map.of("watchRuntime", new RuntimeFeed(this));
  }

  @Override
  public synchronized List<TopicPattern> owned() {
    List<TopicPattern> owned = new ArrayList<>();
    for (Host host : hosts.values()) owned.add(TopicPattern.of(host.runtime().root() + "/**"));
    return owned;
  }

  @Override
  public synchronized void start(Freshet library) {
    freshet = library;
  }

  @Override
  public synchronized void observe(Map<String, Summary> summaries) {
    if (freshet != null) own = new OperatingState(summaries, interval, freshet.blocking());
  }

  @Override
  public synchronized void stop() {
    hosts.values().forEach(Host::forget);
    if (own != null) own.forget();
    own = null;
  }
}

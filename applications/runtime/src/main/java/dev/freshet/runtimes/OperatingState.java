package dev.freshet.runtimes;

import dev.freshet.Tenant;
import dev.freshet.application.Feed.Selection;
import dev.freshet.application.Summary;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.runtime.Action;
import dev.freshet.runtime.Runtime;
import dev.freshet.runtime.Slice;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * How the server is doing, as a runtime of each tenant's: looked at once an interval for all who
 * watch, and only while somebody does.
 */
final class OperatingState extends Host {
  private static final Logger LOG = LoggerFactory.getLogger(OperatingState.class);
  static final String NAME = "freshet";
  private static final String OBSERVED = "observed";

  private final Map<String, Summary> summaries;
  private final Duration interval;
  private final Map<Tenant, Watched> tenants = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer;

  OperatingState(Map<String, Summary> summaries, Duration interval, Executor blocking) {
    super(runtime(summaries));
    this.summaries = Map.copyOf(summaries);
    this.interval = interval;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("freshet-operating-state").factory());
    var unused =
        timer.scheduleWithFixedDelay(
            () -> tick(blocking), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Runtime runtime(Map<String, Summary> summaries) {
    List<Slice<JsonNode>> slices = summaries.keySet().stream().map(OperatingState::slice).toList();
    return Runtime.at(Topic.of("$freshet/runtime"), NAME, slices);
  }

  /** Becomes its part of what was observed; stays as it was where that has none. */
  private static Slice<JsonNode> slice(String name) {
    return Slice.of(name, JsonNode.class, Json.NULL.node())
        .on(OBSERVED, JsonNode.class, (value, all) -> all.has(name) ? all.path(name) : value);
  }

  private void tick(Executor blocking) {
    for (Watched watched : tenants.values()) {
      if (watched.watched()) blocking.execute(watched::refresh);
    }
  }

  private Watched watched(Tenant tenant) {
    return tenants.computeIfAbsent(tenant, t -> new Watched(interval, () -> publish(tenant)));
  }

  /** A failure leaves what was known before. */
  private void publish(Tenant tenant) {
    try {
      var unused = in(tenant).dispatch(Action.of(OBSERVED, observe(tenant)));
    } catch (RuntimeException failed) {
      LOG.warn("the operating state could not be published: {}", failed.toString());
    }
  }

  private Map<String, JsonNode> observe(Tenant tenant) {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    summaries.forEach((name, summary) -> {
      JsonNode value = observe(name, summary, tenant);
      if (value != null) all.put(name, value);
    });
    return all;
  }

  private static @Nullable JsonNode observe(String name, Summary summary, Tenant tenant) {
    try {
      return summary.of(tenant);
    } catch (RuntimeException failed) {
      LOG.warn("'{}' could not be observed: {}", name, failed.toString());
      return null;
    }
  }

  @Override
  void ready(Tenant tenant) {
    watched(tenant).refresh();
  }

  @Override
  Selection attended(Selection selection, Tenant tenant) {
    return selection.with(watched(tenant).attendant());
  }

  @Override
  void forget() {
    timer.shutdownNow();
    tenants.clear();
    super.forget();
  }
}

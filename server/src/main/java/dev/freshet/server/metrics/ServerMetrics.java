package dev.freshet.server.metrics;

import dev.freshet.application.Measure;
import dev.freshet.server.auth.Refusal;
import dev.freshet.server.problem.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntSupplier;

/** What the server counts, beside what its streams count on the same registry. Thread-safe. */
public final class ServerMetrics {
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Timer publishing =
      Timer.builder("freshet.publish")
          .description("Time until a batch was durable")
          .serviceLevelObjectives(milliseconds(1, 2, 5, 10, 25, 50, 100, 250, 1000, 5000))
          .register(registry);
  private final Counter published =
      Counter.builder("freshet.publish.events")
          .description("Events that were made durable")
          .register(registry);

  /** The registry holds on to none of these. */
  private final Queue<Measure> counted = new ConcurrentLinkedQueue<>();

  public ServerMetrics() {
    for (ErrorCode code : ErrorCode.values()) problems(code.wire());
    for (Refusal refusal : Refusal.values()) refusals(refusal);
  }

  public MeterRegistry registry() {
    return registry;
  }

  public void problem(String code) {
    problems(code).increment();
  }

  public void refused(Refusal refusal) {
    refusals(refusal).increment();
  }

  public void published(int events, long nanos) {
    published.increment(events);
    publishing.record(Duration.ofNanos(nanos));
  }

  public void request(String operation, int status, long nanos) {
    Timer.builder("freshet.requests")
        .description("Requests that were answered, streams aside")
        .tag("operation", operation)
        .tag("status", Integer.toString(status))
        .register(registry)
        .record(Duration.ofNanos(nanos));
  }

  public void connections(IntSupplier count) {
    Gauge.builder("freshet.connections", count::getAsInt)
        .description("Open connections, streams among them")
        .register(registry);
  }

  /** Shows what applications measure. */
  public void watch(List<Measure> measures) {
    for (Measure measure : measures) {
      Tags tags = Tags.empty();
      for (var label : measure.labels().entrySet())
        tags = tags.and(label.getKey(), label.getValue());
      if (measure.counts()) {
        counted.add(measure);
        FunctionCounter.builder(measure.name(), measure, m -> m.value().getAsDouble())
            .description(measure.description())
            .tags(tags)
            .register(registry);
      } else {
        Gauge.builder(measure.name(), () -> measure.value().getAsDouble())
            .description(measure.description())
            .tags(tags)
            .register(registry);
      }
    }
  }

  /** Counts what the Java machine does; kept apart because it takes time to set up. */
  public void watchJvm() {
    JvmMeters.bind(registry);
  }

  /** The text that Prometheus reads. */
  public String scrape() {
    return registry.scrape();
  }

  private Counter problems(String code) {
    return Counter.builder("freshet.problems")
        .description("Answers by problem code")
        .tag("code", code)
        .register(registry);
  }

  private Counter refusals(Refusal refusal) {
    return Counter.builder("freshet.auth.failures")
        .description("Requests that were not let in, by reason")
        .tag("reason", refusal.label())
        .register(registry);
  }

  private static Duration[] milliseconds(int... values) {
    return java.util.Arrays.stream(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }
}

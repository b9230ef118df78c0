package dev.freshet.server.operating;

import dev.freshet.Tenant;
import dev.freshet.application.Summary;
import dev.freshet.event.Json;
import dev.freshet.server.config.Config;
import dev.freshet.view.NativeRepresentation;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The process: the same for all tenants, and nothing of any. */
final class ServerSummary implements Summary {
  private final Map<String, String> config;
  private final String version;
  private final InstantSource clock;
  private final Instant started;

  ServerSummary(Config config, String version, InstantSource clock) {
    this.config = config.shown();
    this.version = version;
    this.clock = clock;
    this.started = clock.instant();
  }

  private record Memory(long used, long committed, long max) {}

  private record Vitals(
      String version,
      String startedAt,
      long uptimeSeconds,
      Memory memory,
      int processors,
      Map<String, String> config) {}

  @Override
  public JsonNode of(Tenant tenant) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    Vitals vitals =
        new Vitals(
            version,
            NativeRepresentation.time(started),
            Duration.between(started, clock.instant()).toSeconds(),
            new Memory(heap.getUsed(), heap.getCommitted(), heap.getMax()),
            Runtime.getRuntime().availableProcessors(),
            config);
    return Json.from(vitals).node();
  }
}

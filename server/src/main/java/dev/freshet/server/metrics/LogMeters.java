package dev.freshet.server.metrics;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;

/** How far the tenants' logs reach, looked at when somebody asks. */
public final class LogMeters {
  private final Freshet freshet;
  private final MultiGauge heads;

  public LogMeters(Freshet freshet, MeterRegistry registry) {
    this.freshet = freshet;
    this.heads =
        MultiGauge.builder("freshet.log.head")
            .description("Offset of a log's newest event")
            .register(registry);
  }

  public void refresh() {
    List<MultiGauge.Row<?>> rows = new java.util.ArrayList<>();
    for (Tenant tenant : freshet.tenants()) {
      rows.add(MultiGauge.Row.of(Tags.of("tenant", tenant.name()), tenant.log().head().offset()));
    }
    heads.register(rows, true);
  }
}

package dev.freshet.server.api;

import dev.freshet.server.auth.Authenticator;
import dev.freshet.server.http.Answer;
import dev.freshet.server.metrics.LogMeters;
import dev.freshet.server.metrics.ServerMetrics;
import java.nio.charset.StandardCharsets;

/** {@code /metrics}. */
final class Metrics implements Handler {
  private final boolean open;
  private final Authenticator authenticator;
  private final ServerMetrics metrics;
  private final LogMeters logs;

  Metrics(boolean open, Authenticator authenticator, ServerMetrics metrics, LogMeters logs) {
    this.open = open;
    this.authenticator = authenticator;
    this.metrics = metrics;
    this.logs = logs;
  }

  @Override
  public Answer handle(Request request) {
    if (!open) {
      Grants.checkAdministratorReads(
          authenticator.authenticate("GET", request.head().headers()).principal());
    }
    logs.refresh();
    return Answer.of(
        200, ServerMetrics.CONTENT_TYPE, metrics.scrape().getBytes(StandardCharsets.UTF_8));
  }
}

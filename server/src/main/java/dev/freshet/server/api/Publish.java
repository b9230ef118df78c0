package dev.freshet.server.api;

import dev.freshet.Freshet;
import dev.freshet.access.Principal;
import dev.freshet.log.Appended;
import dev.freshet.log.Batch;
import dev.freshet.log.Entry;
import dev.freshet.server.http.Answer;
import dev.freshet.server.limits.Rates;
import dev.freshet.server.metrics.ServerMetrics;

/** {@code POST /v1/events} (PROTOCOL §4). */
final class Publish implements Handler {
  private final Freshet freshet;
  private final BatchInput input;
  private final Owned owned;
  private final Rates rates;
  private final ServerMetrics metrics;

  Publish(Freshet freshet, BatchInput input, Owned owned, Rates rates, ServerMetrics metrics) {
    this.freshet = freshet;
    this.input = input;
    this.owned = owned;
    this.rates = rates;
    this.metrics = metrics;
  }

  private record Published(String first, String position, int count, boolean duplicate) {}

  @Override
  public Answer handle(Request request) {
    Principal principal = request.principal();
    Batch batch = input.read(request);
    for (Entry entry : batch.entries()) {
      Grants.checkWrite(principal, entry.event().topic());
      owned.refuse(entry.event().topic());
    }
    rates.take(principal, batch.entries().size());
    long begin = System.nanoTime();
    Appended appended = freshet.tenant(principal.tenant()).log().append(batch);
    if (!appended.duplicate()) metrics.published(appended.count(), System.nanoTime() - begin);
    return Answer.json(
        appended.duplicate() ? 200 : 201,
        new Published(
            appended.first().token(),
            appended.last().token(),
            appended.count(),
            appended.duplicate()));
  }
}

package dev.freshet.tasks;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.application.Ids;
import dev.freshet.log.TopicSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes tasks that ended, and were made longer ago than they are kept. */
final class Expiry {
  private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);
  private static final Duration PERIOD = Duration.ofHours(1);

  private final Duration keep;
  private @Nullable Thread sweeper;

  Expiry(Duration keep) {
    this.keep = keep;
  }

  synchronized void start(Freshet freshet) {
    sweeper = Thread.ofVirtual().name("task-expiry").start(() -> run(freshet));
  }

  synchronized void stop() {
    if (sweeper != null) sweeper.interrupt();
  }

  private void run(Freshet freshet) {
    try {
      while (true) {
        for (String tenant : freshet.store().tenants()) sweep(freshet.tenant(tenant));
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException stopped) {
      // The server shuts down.
    } catch (RuntimeException failed) {
      LOG.error("old tasks are not removed any more", failed);
    }
  }

  void sweep(Tenant tenant) {
    Instant limit = tenant.clock().instant().minus(keep);
    Ledger ledger = new Ledger(tenant);
    Optional<String> last = Optional.of(Ids.olderThan(limit));
    for (List<TopicSummary> some = ledger.after(last); !some.isEmpty(); some = ledger.after(last)) {
      some.stream()
          .filter(TopicSummary::ended)
          .map(task -> Ledger.id(task.topic()))
          .filter(id -> ledger.state(id).isPresent())
          .forEach(ledger::delete);
      last = Optional.of(Ledger.id(some.getLast().topic()));
    }
  }
}

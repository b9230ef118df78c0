package dev.freshet.agents.run;

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

/** Removes runs that ended, and began longer ago than they are kept. */
public final class Expiry {
  private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);
  private static final Duration PERIOD = Duration.ofHours(1);

  private final Runs runs;
  private @Nullable Thread sweeper;

  public Expiry(Runs runs) {
    this.runs = runs;
  }

  public synchronized void start(Freshet freshet) {
    sweeper = Thread.ofVirtual().name("agent-expiry").start(() -> run(freshet));
  }

  public synchronized void stop() {
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
      LOG.error("old runs are not removed any more", failed);
    }
  }

  void sweep(Tenant tenant) {
    Instant limit = tenant.clock().instant().minus(runs.settings().keep());
    RunStore store = new RunStore(tenant);
    Optional<String> last = Optional.of(Ids.olderThan(limit));
    for (List<TopicSummary> some = store.after(last); !some.isEmpty(); some = store.after(last)) {
      some.stream()
          .filter(TopicSummary::ended)
          .map(run -> RunTopics.of(run.topic()).id())
          .filter(id -> store.head(id).isPresent())
          .forEach(id -> delete(tenant, id));
      last = Optional.of(RunTopics.of(some.getLast().topic()).id());
    }
  }

  /** One that can't be removed is no reason to keep the others. */
  private void delete(Tenant tenant, String id) {
    try {
      runs.delete(tenant, id);
    } catch (RuntimeException failed) {
      LOG.error("run {} could not be removed", id, failed);
    }
  }
}

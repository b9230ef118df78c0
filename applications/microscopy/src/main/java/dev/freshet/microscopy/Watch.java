package dev.freshet.microscopy;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.event.Topic;
import dev.freshet.microscopy.Deadlines.Date;
import dev.freshet.microscopy.Deadlines.Expiry;
import dev.freshet.microscopy.Deadlines.Silence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does once a second what nobody asks for: agents that are silent become stale and offline, and
 * instructions expire. One thread for all tenants; what fails is tried again at the next turn.
 */
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  private final Agents agents;
  private @Nullable ScheduledExecutorService timer;

  Watch(Agents agents) {
    this.agents = agents;
  }

  /** Takes over what another life of the server left, and begins. */
  synchronized void start(Freshet freshet) {
    stop();
    agents.connections().clear();
    agents.deadlines().clear();
    for (String name : freshet.store().tenants()) load(freshet.tenant(name));
    tick();
    ScheduledExecutorService own =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("freshet-agents").factory());
    var unused = own.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    timer = own;
  }

  synchronized void stop() {
    if (timer != null) timer.shutdownNow();
    timer = null;
  }

  /** No connection has survived; how old heartbeats are has changed. */
  private void load(Tenant tenant) {
    Agents.each(
        tenant.log(),
        AgentPlace.STATUSES,
        state -> {
          Date unused = agents.reviewSoon(tenant, AgentPlace.of(state.topic()).agent());
        });
    Agents.each(
        tenant.log(),
        SessionPlace.INSTRUCTIONS,
        state -> {
          Instruction instruction = Agents.of(state);
          if (!instruction.open() || instruction.expiresAt() == null) return;
          Expiry expiry = new Expiry(tenant, instruction.instructionId());
          agents.deadlines().set(new Date(expiry, Instant.parse(instruction.expiresAt())));
        });
  }

  /** One turn. */
  void tick() {
    Map<Tenant, List<Date>> expiries = new LinkedHashMap<>();
    for (Date date : agents.deadlines().due()) {
      switch (date.key()) {
        case Silence(Tenant tenant, String agent) ->
            met(List.of(date), () -> agents.review(tenant, agent));
        case Expiry expiry ->
            expiries.computeIfAbsent(expiry.tenant(), t -> new ArrayList<>()).add(date);
      }
    }
    expiries.forEach((tenant, dates) -> met(dates, () -> expire(tenant, dates)));
  }

  private void expire(Tenant tenant, List<Date> dates) {
    AgentRecords records = Agents.records(tenant);
    List<Topic> topics =
        dates.stream()
            .map(date -> ((Expiry) date.key()).instruction())
            .map(records::instruction)
            .flatMap(Optional::stream)
            .toList();
    agents.expire(tenant, topics);
  }

  private void met(List<Date> dates, Runnable work) {
    try {
      work.run();
      dates.forEach(agents.deadlines()::met);
    } catch (RuntimeException failed) {
      LOG.warn("what was due could not be done, and will be tried again: {}", failed.toString());
    }
  }
}

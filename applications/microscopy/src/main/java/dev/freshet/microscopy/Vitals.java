package dev.freshet.microscopy;

import dev.freshet.Tenant;
import dev.freshet.microscopy.AgentStatus.Liveness;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How an agent is: by the age of its last sign of life, and by its connections. */
record Vitals(Microscopy.Settings ages, Connections connections) {
  /**
   * A status as it is now. Without an open session an agent is offline, however lately it spoke.
   */
  AgentStatus at(AgentStatus kept, Instant now) {
    return new AgentStatus(
        kept.agentId(),
        liveness(kept, now),
        kept.sessionId(),
        kept.acquisitionUuid(),
        kept.lastHeartbeatAt(),
        kept.connectionCount());
  }

  /**
   * A status with the connections that are open, for who sees to it that these are counted one
   * after the other.
   *
   * @param agent a segment
   */
  AgentStatus counted(Tenant tenant, String agent, AgentStatus kept) {
    return new AgentStatus(
        kept.agentId(),
        kept.status(),
        kept.sessionId(),
        kept.acquisitionUuid(),
        kept.lastHeartbeatAt(),
        connections.count(tenant, agent));
  }

  /** A sign of life from the future, before the clock was set back, is a fresh one. */
  private Liveness liveness(AgentStatus kept, Instant now) {
    if (kept.sessionId() == null || kept.lastHeartbeatAt() == null) return Liveness.OFFLINE;
    Duration age = Duration.between(Instant.parse(kept.lastHeartbeatAt()), now);
    if (age.compareTo(ages.staleAfter()) < 0) return Liveness.ONLINE;
    return age.compareTo(ages.offlineAfter()) < 0 ? Liveness.STALE : Liveness.OFFLINE;
  }

  /** When it changes if the agent stays silent. */
  Optional<Instant> nextChange(AgentStatus status) {
    if (status.lastHeartbeatAt() == null) return Optional.empty();
    Instant last = Instant.parse(status.lastHeartbeatAt());
    return switch (status.status()) {
      case ONLINE -> Optional.of(last.plus(ages.staleAfter()));
      case STALE -> Optional.of(last.plus(ages.offlineAfter()));
      case OFFLINE -> Optional.empty();
    };
  }
}

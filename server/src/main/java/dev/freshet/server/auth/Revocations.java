package dev.freshet.server.auth;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.access.Principal;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.EventLog;
import dev.freshet.log.Recorded;
import dev.freshet.log.StateCut;
import dev.freshet.state.WriteOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Tokens that are good no more (A3). They are states of the tenant's own log, so they are as
 * durable as everything else, and every server that reads the log knows of them. Thread-safe.
 */
public final class Revocations implements AutoCloseable {
  private static final WriteOptions WHOLE = WriteOptions.NONE.wholeValue();

  private final Freshet freshet;
  private final InstantSource clock;
  private final Listener listener;
  private final Map<String, Revoked> tenants = new ConcurrentHashMap<>();

  /** Hears which principals lose their access. */
  @FunctionalInterface
  public interface Listener {
    void revoked(Predicate<Principal> whom);
  }

  /**
   * @param listener called when a revocation is in the log, on a thread of the log's; ends the open
   *     streams
   */
  public Revocations(Freshet freshet, InstantSource clock, Listener listener) {
    this.freshet = freshet;
    this.clock = clock;
    this.listener = listener;
  }

  /** Whether the principal's token was revoked. Blocks when a tenant is seen for the first time. */
  public boolean revoked(Principal principal) {
    return tenant(principal.tenant()).matches(principal);
  }

  /** Revokes every token of a subject that was issued until now; durable when it returns. */
  public void revokeSubject(String tenant, String subject) {
    write(tenant, new Revocation(subject, null, clock.instant()));
  }

  /** Revokes one token; durable when it returns. */
  public void revokeToken(String tenant, String tokenId) {
    write(tenant, new Revocation(null, tokenId, clock.instant()));
  }

  private void write(String tenant, Revocation revocation) {
    Revoked revoked = tenant(tenant);
    freshet
        .tenant(tenant)
        .states()
        .put(revocation.topic(), Json.MAPPER.<JsonNode>valueToTree(revocation), WHOLE);
    revoked.add(revocation);
  }

  private Revoked tenant(String name) {
    Revoked known = tenants.get(name);
    return known != null
        ? known
        : tenants.computeIfAbsent(name, n -> new Revoked(freshet.tenant(n)));
  }

  @Override
  public void close() {
    tenants.values().forEach(Revoked::close);
  }

  /** The revocations of one tenant. */
  private final class Revoked {
    private final String tenant;
    private final Map<Topic, Revocation> all = new ConcurrentHashMap<>();
    private final EventLog.Following following;

    Revoked(Tenant tenant) {
      this.tenant = tenant.name();
      long from;
      try (StateCut states = tenant.log().states(List.of(Revocation.ALL))) {
        from = states.position().offset();
        states.forEachRemaining(s -> add(Objects.requireNonNull(s.value()).as(Revocation.class)));
      }
      this.following = tenant.log().follow(from, this::appended);
    }

    void add(Revocation revocation) {
      all.put(revocation.topic(), revocation);
    }

    boolean matches(Principal principal) {
      if (all.isEmpty()) return false;
      return hit(Revocation.subjectTopic(principal.subject()), principal)
          || (!principal.tokenId().isEmpty()
              && hit(Revocation.tokenTopic(principal.tokenId()), principal));
    }

    private boolean hit(Topic topic, Principal principal) {
      Revocation revocation = all.get(topic);
      return revocation != null && revocation.matches(principal);
    }

    private void appended(List<Recorded> events) {
      for (Recorded recorded : events) {
        Topic topic = recorded.event().topic();
        if (topic.reserved() && Revocation.ALL.matches(topic)) changed(topic);
      }
    }

    /** Asks for the value, which the event may hold as a patch only. */
    private void changed(Topic topic) {
      freshet
          .tenant(tenant)
          .log()
          .state(topic)
          .map(state -> state.value())
          .map(value -> value.as(Revocation.class))
          .ifPresent(revocation -> {
            add(revocation);
            listener.revoked(p -> p.tenant().equals(tenant) && revocation.matches(p));
          });
    }

    void close() {
      following.close();
    }
  }
}

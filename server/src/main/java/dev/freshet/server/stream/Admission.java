package dev.freshet.server.stream;

import dev.freshet.access.Principal;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the streams of each tenant and subject and refuses one too many (R1). Nobody who is
 * connected is evicted. Thread-safe.
 */
final class Admission {
  private final StreamSettings settings;
  private final ConcurrentHashMap<String, Integer> tenants = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Subject, Integer> subjects = new ConcurrentHashMap<>();

  private record Subject(String tenant, String subject) {}

  Admission(StreamSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes a place; {@link #leave} gives it back.
   *
   * @throws HttpProblem if there is none
   */
  void enter(Principal principal) {
    enter(
        tenants,
        principal.tenant(),
        settings.tenantConnections(),
        "tenant '" + principal.tenant() + "'");
    try {
      enter(
          subjects,
          subject(principal),
          settings.principalConnections(),
          "subject '" + principal.subject() + "'");
    } catch (HttpProblem full) {
      leave(tenants, principal.tenant());
      throw full;
    }
  }

  void leave(Principal principal) {
    leave(tenants, principal.tenant());
    leave(subjects, subject(principal));
  }

  private static Subject subject(Principal principal) {
    return new Subject(principal.tenant(), principal.subject());
  }

  private static <K> void enter(
      ConcurrentHashMap<K, Integer> counts, K key, int limit, String who) {
    int now = counts.merge(key, 1, Integer::sum);
    if (now <= limit) return;
    leave(counts, key);
    throw HttpProblem.of(
            ErrorCode.TOO_MANY_CONNECTIONS,
            who + " has " + limit + " streams open, which is the limit; close one first")
        .bound(limit, now);
  }

  private static <K> void leave(ConcurrentHashMap<K, Integer> counts, K key) {
    counts.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
  }
}

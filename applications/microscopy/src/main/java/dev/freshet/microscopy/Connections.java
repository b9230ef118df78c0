package dev.freshet.microscopy;

import dev.freshet.Tenant;
import dev.freshet.application.ClientStream;
import dev.freshet.subscription.EndReason;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The instruction streams that are open in this process. Thread-safe. */
final class Connections {
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();

  /**
   * One agent's stream.
   *
   * @param agent a segment, like the session
   */
  record Connection(Tenant tenant, String agent, String session, ClientStream stream) {
    boolean of(Tenant owner) {
      return tenant.equals(owner);
    }
  }

  void add(Connection connection) {
    open.add(connection);
  }

  void remove(Connection connection) {
    open.remove(connection);
  }

  void clear() {
    open.clear();
  }

  /** How many an agent has. */
  int count(Tenant tenant, String agent) {
    return (int) select(tenant, connection -> connection.agent().equals(agent)).count();
  }

  /** The id of the newest one of a session. */
  Optional<String> newest(Tenant tenant, String session) {
    return select(tenant, connection -> connection.session().equals(session))
        .map(Connection::stream)
        .max(Comparator.comparing(ClientStream::since))
        .map(ClientStream::id);
  }

  /** A tenant's, the oldest first. */
  List<Connection> all(Tenant tenant) {
    return select(tenant, connection -> true)
        .sorted(
            Comparator.comparing((Connection connection) -> connection.stream().since())
                .thenComparing(connection -> connection.stream().id()))
        .toList();
  }

  /** Ends those of a session, which is over. */
  void end(Tenant tenant, String session) {
    select(tenant, connection -> connection.session().equals(session))
        .forEach(connection -> connection.stream().end(EndReason.COMPLETED));
  }

  private Stream<Connection> select(Tenant tenant, Predicate<Connection> which) {
    return open.stream().filter(connection -> connection.of(tenant)).filter(which);
  }
}

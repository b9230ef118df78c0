package dev.freshet.agents.run;

import dev.freshet.Tenant;
import dev.freshet.application.Attendant;
import dev.freshet.application.ClientStream;
import dev.freshet.subscription.EndReason;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The open streams of those who watch a run because it is theirs, or was shared with them. Who is
 * no longer named loses them (A3).
 */
public final class Watchers {
  private final Map<Watched, Set<Watching>> open = new ConcurrentHashMap<>();

  private record Watched(String tenant, String id) {}

  private record Watching(String subject, ClientStream stream) {}

  /** Attends a stream of a subject's that no grant covers. */
  public Attendant attendant(Tenant tenant, String id, String subject) {
    return new Attendance(tenant, new Watched(tenant.name(), id), subject);
  }

  /** Ends the streams of those who may not watch the run any more. */
  void recheck(Tenant tenant, String id) {
    for (Watching each : open.getOrDefault(new Watched(tenant.name(), id), Set.of()))
      check(tenant, id, each);
  }

  private static void check(Tenant tenant, String id, Watching watching) {
    boolean admitted =
        new RunStore(tenant).access(id).filter(a -> a.admits(watching.subject())).isPresent();
    if (!admitted) watching.stream().end(EndReason.REVOKED);
  }

  private final class Attendance implements Attendant {
    private final Tenant tenant;
    private final Watched watched;
    private final String subject;
    private @Nullable Watching watching;

    Attendance(Tenant tenant, Watched watched, String subject) {
      this.tenant = tenant;
      this.watched = watched;
      this.subject = subject;
    }

    @Override
    public void opened(ClientStream stream) {
      Watching begun = new Watching(subject, stream);
      watching = begun;
      open.compute(
          watched,
          (key, all) -> {
            Set<Watching> now = all == null ? ConcurrentHashMap.newKeySet() : all;
            now.add(begun);
            return now;
          });
      check(tenant, watched.id(), begun);
    }

    @Override
    public void delivered(long offset) {}

    @Override
    public void closed(String reason) {
      open.computeIfPresent(
          watched,
          (key, all) -> {
            if (watching != null) all.remove(watching);
            return all.isEmpty() ? null : all;
          });
    }
  }
}

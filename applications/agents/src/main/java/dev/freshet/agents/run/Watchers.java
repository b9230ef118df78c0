package dev.freshet.agents.run;

import dev.freshet.Tenant;
import dev.freshet.application.Attendant;
import dev.freshet.application.ClientStream;
import dev.freshet.application.Problem;
import dev.freshet.application.ProblemException;
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
    if (!admitted(tenant, id, watching.subject())) watching.stream().end(EndReason.REVOKED);
  }

  private static boolean admitted(Tenant tenant, String id, String subject) {
    return new RunStore(tenant).access(id).filter(a -> a.admits(subject)).isPresent();
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

    /** That the run is gone, who watched it may know. */
    @Override
    public void answering() {
      boolean gone = new RunStore(tenant).access(watched.id()).isEmpty();
      if (!gone && !admitted(tenant, watched.id(), subject))
        throw new ProblemException(new Problem(404, "not_found", "there is no such execution"));
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

package dev.freshet.tasks;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Runs tasks: so many at once on this server and of one tenant, the tenants in turn, each tenant's
 * in the order in which they were made. Thread-safe.
 */
final class Runner {
  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
  private static final Duration REST = Duration.ofSeconds(5);

  private final Map<String, TaskKind> kinds;
  private final Tasks.Settings settings;

  // Guarded by this.
  private final Map<String, Deque<Key>> waiting = new LinkedHashMap<>();
  private final Map<Key, Run> running = new HashMap<>();

  /** Tasks of a tenant that were taken from its line and are not over. */
  private final Map<String, Integer> taken = new HashMap<>();

  /** When a tenant had its last turn, while it has tasks here. */
  private final Map<String, Long> turns = new HashMap<>();

  private long turn;
  private @Nullable Freshet freshet;

  private record Key(String tenant, String id) {}

  private final Tally tally;

  Runner(Map<String, TaskKind> kinds, Tasks.Settings settings, Tally tally) {
    this.tally = tally;
    this.kinds = kinds;
    this.settings = settings;
  }

  /** Takes up what an earlier life of the server left. */
  void start(Freshet library) {
    synchronized (this) {
      freshet = library;
    }
    for (String name : library.store().tenants()) {
      Tenant tenant = library.tenant(name);
      List<String> left = new Ledger(tenant).unfinished();
      if (!left.isEmpty()) LOG.info("{} tasks of tenant '{}' go on", left.size(), name);
      left.forEach(id -> submit(tenant, id));
    }
  }

  /** Leaves off what runs; it goes on at the next start. */
  void stop() {
    List<Run> left;
    synchronized (this) {
      freshet = null;
      waiting.clear();
      left = new ArrayList<>(running.values());
    }
    left.forEach(Run::interrupt);
    try {
      for (Run run : left) {
        if (!run.awaitRest(REST)) LOG.warn("task {} does not leave off", run.id());
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many of a tenant's tasks wait for their turn. */
  synchronized int waiting(Tenant tenant) {
    Deque<Key> line = waiting.get(tenant.name());
    return line == null ? 0 : line.size();
  }

  /** How many tasks of a status that is not final there are. */
  synchronized long open(Status status) {
    long begun = running.values().stream().filter(run -> run.shown() == status).count();
    if (status != Status.PENDING) return begun;
    return begun + waiting.values().stream().mapToInt(Deque::size).sum();
  }

  void submit(Tenant tenant, String id) {
    synchronized (this) {
      Key key = new Key(tenant.name(), id);
      waiting.computeIfAbsent(tenant.name(), name -> new ArrayDeque<>()).add(key);
    }
    next();
  }

  private synchronized Optional<Run> running(Tenant tenant, String id) {
    return Optional.ofNullable(running.get(new Key(tenant.name(), id)));
  }

  /**
   * Ends a task as cancelled and has its work left off.
   *
   * @return whether it had not ended yet
   */
  boolean cancel(Tenant tenant, String id) {
    boolean cancelled =
        running(tenant, id)
            .map(Run::cancel)
            .orElseGet(() -> end(new Ledger(tenant), id, Status.CANCELLED, null));
    synchronized (this) {
      Deque<Key> line = waiting.get(tenant.name());
      if (line != null && line.remove(new Key(tenant.name(), id)) && line.isEmpty())
        waiting.remove(tenant.name());
    }
    running(tenant, id).ifPresent(Run::interrupt);
    return cancelled;
  }

  /** Waits, for a moment at most, until nothing is done for the task any more. */
  void awaitRest(Tenant tenant, String id) {
    Optional<Run> run = running(tenant, id);
    if (run.isEmpty()) return;
    try {
      run.get().awaitRest(REST);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins as many as may run. */
  private void next() {
    for (Optional<Key> key = take(); key.isPresent(); key = take()) begin(key.get());
  }

  /** The next of the tenant that has waited longest for a turn. */
  private synchronized Optional<Key> take() {
    int all = taken.values().stream().mapToInt(Integer::intValue).sum();
    if (freshet == null || all >= settings.parallelTasks()) return Optional.empty();
    return waiting.keySet().stream()
        .filter(tenant -> taken.getOrDefault(tenant, 0) < settings.tenantTasks())
        .min(Comparator.comparingLong(tenant -> turns.getOrDefault(tenant, 0L)))
        .map(this::take);
  }

  private Key take(String tenant) {
    Deque<Key> line = Objects.requireNonNull(waiting.get(tenant));
    Key key = line.remove();
    if (line.isEmpty()) waiting.remove(tenant);
    taken.merge(tenant, 1, Integer::sum);
    turns.put(tenant, ++turn);
    return key;
  }

  private void begin(Key key) {
    Thread.ofVirtual()
        .name("task-" + key.id())
        .start(() -> {
          try {
            run(key).ifPresent(run -> work(key, run));
          } catch (RuntimeException failed) {
            LOG.error("task {} could not be run", key.id(), failed);
          } finally {
            release(key);
            next();
          }
        });
  }

  private void work(Key key, Run run) {
    synchronized (this) {
      if (freshet == null) return;
      running.put(key, run);
    }
    run.work();
  }

  private synchronized void release(Key key) {
    running.remove(key);
    taken.computeIfPresent(key.tenant(), (tenant, count) -> count == 1 ? null : count - 1);
    if (!taken.containsKey(key.tenant()) && !waiting.containsKey(key.tenant()))
      turns.remove(key.tenant());
  }

  /** Empty if there is nothing to do: the task has ended meanwhile. */
  private Optional<Run> run(Key key) {
    Freshet library;
    synchronized (this) {
      library = freshet;
    }
    if (library == null) return Optional.empty();
    Ledger ledger = new Ledger(library.tenant(key.tenant()));
    Optional<TaskDetail> task = ledger.find(key.id()).filter(t -> !t.status().terminal());
    if (task.isEmpty()) return Optional.empty();
    TaskKind kind = kinds.get(task.get().kind());
    Optional<JsonNode> params = ledger.params(key.id());
    if (kind != null && params.isPresent())
      return Optional.of(
          new Run(ledger, task.get(), params.get(), kind, settings.interval(), tally));
    TaskError error =
        new TaskError("kind_unavailable", "this server has no kind '" + task.get().kind() + "'");
    end(ledger, key.id(), Status.FAILED, error);
    return Optional.empty();
  }

  /** Ends a task that does not run. */
  private boolean end(Ledger ledger, String id, Status with, @Nullable TaskError error) {
    boolean ends =
        ledger
            .update(id, task -> task.ended(with, error, ledger.tenant().clock().instant()))
            .isPresent();
    if (ends) tally.ended(with);
    return ends;
  }
}

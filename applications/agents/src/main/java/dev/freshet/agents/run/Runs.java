package dev.freshet.agents.run;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.agents.Agent;
import dev.freshet.agents.Task;
import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.ErrorCode;
import dev.freshet.agents.event.EventType;
import dev.freshet.agents.event.Reduction;
import dev.freshet.agents.event.RunEndedException;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.application.Ids;
import dev.freshet.application.Measure;
import dev.freshet.event.Event;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.Appended;
import dev.freshet.log.LogException;
import dev.freshet.log.StateCut;
import dev.freshet.state.Changes;
import dev.freshet.state.WriteOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs of a server: begins them, knows those that go on, and ends them. Thread-safe. */
public final class Runs {
  private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
  private static final Duration SILENCE_CHECK = Duration.ofSeconds(1);
  private static final String STOPPED = "The server stopped while the run was under way.";
  private static final String SILENT = "The agent that reported this run said nothing any more.";

  private final RunSettings settings;
  private final Watchers watchers = new Watchers();
  private final Directories directories;
  private final Tally tally = new Tally();
  private final Ids ids = new Ids();
  private final Map<Key, RunWriter> running = new ConcurrentHashMap<>();
  private final Map<Key, Employment> employed = new ConcurrentHashMap<>();
  private volatile @Nullable Thread listener;

  private record Key(String tenant, String id) {}

  public Runs(RunSettings settings) {
    this.settings = settings;
    this.directories = new Directories(settings.directory());
  }

  public RunSettings settings() {
    return settings;
  }

  public Watchers watchers() {
    return watchers;
  }

  public Directories directories() {
    return directories;
  }

  public List<Measure> measures() {
    return tally.measures(running::size);
  }

  /** Begins the watch over runs; ends those that an earlier life of the server left behind. */
  public synchronized void start(Freshet freshet) {
    running.clear();
    employed.clear();
    for (String name : freshet.store().tenants()) {
      Tenant tenant = freshet.tenant(name);
      for (String id : new RunStore(tenant).unfinished()) takeUp(tenant, id);
    }
    Thread thread = Thread.ofVirtual().name("agent-silence").unstarted(this::listen);
    listener = thread;
    thread.start();
  }

  /** A run that is of no use is no reason not to start. */
  private void takeUp(Tenant tenant, String id) {
    try {
      recover(tenant, id);
    } catch (RuntimeException failed) {
      running.remove(new Key(tenant.name(), id));
      LOG.error("run {} could not be taken up", id, failed);
    }
  }

  private void recover(Tenant tenant, String id) {
    var head = new RunStore(tenant).head(id);
    if (head.isEmpty()) return;
    RunWriter writer = writer(tenant, id);
    running.put(new Key(tenant.name(), id), writer);
    if (!RunStore.checkpoint(head.get()).head().external()) interrupt(writer, STOPPED);
  }

  private RunWriter writer(Tenant tenant, String id) {
    return new RunWriter(tenant, id, settings, this::told);
  }

  private void told(RunWriter writer, AgentEvent event) {
    Key key = new Key(writer.tenant().name(), writer.id());
    tally.event(event);
    if (event instanceof AgentEvent.UsageUpdated used)
      tally.tokens(writer.spent(used.usage().totalTokens()));
    Employment desk = employed.get(key);
    if (desk != null) desk.hear(event);
    if (event.type().terminal()) running.remove(key);
  }

  private static void interrupt(RunWriter writer, String why) {
    try {
      writer.append((run, now) -> failure(run, now, ErrorCode.INTERRUPTED, why));
    } catch (RunEndedException over) {
      // It has ended meanwhile.
    }
  }

  static AgentEvent failure(Reduction run, Instant now, ErrorCode code, String why) {
    return new AgentEvent.ExecutionError(now, why, code, age(run, now), run.open());
  }

  /** Milliseconds since the run began. */
  public static long age(Reduction run, Instant now) {
    AgentEvent.ExecutionStarted started = run.started();
    return started == null
        ? 0
        : Math.max(0, now.toEpochMilli() - started.startedAt().toEpochMilli());
  }

  private void listen() {
    while (Thread.currentThread().equals(listener)) {
      LockSupport.parkNanos(SILENCE_CHECK.toNanos());
      for (Map.Entry<Key, RunWriter> each : running.entrySet()) {
        if (!employed.containsKey(each.getKey())) giveUpIfSilent(each.getKey(), each.getValue());
      }
    }
  }

  private void giveUpIfSilent(Key key, RunWriter writer) {
    Instant limit = writer.tenant().clock().instant().minus(settings.silence());
    if (!writer.heard().isBefore(limit)) return;
    try {
      interrupt(writer, SILENT);
      running.remove(key, writer);
    } catch (RuntimeException failed) {
      LOG.warn("run {} could not be ended", writer.id(), failed);
    }
  }

  /** Ends what goes on in this process. */
  public synchronized void stop() {
    Thread thread = listener;
    listener = null;
    if (thread != null) LockSupport.unpark(thread);
    for (Map.Entry<Key, Employment> each : employed.entrySet()) {
      RunWriter writer = running.get(each.getKey());
      try {
        if (writer != null) interrupt(writer, STOPPED);
      } catch (RuntimeException failed) {
        LOG.warn("run {} could not be ended", each.getKey().id(), failed);
      }
    }
    employed.values().forEach(Employment::awaitRest);
  }

  /** What writes the run; one that has ended refuses. Empty if there is no such run. */
  public Optional<RunWriter> writer(Tenant tenant, RunTopics topics) {
    RunWriter known = running.get(new Key(tenant.name(), topics.id()));
    if (known != null) return Optional.of(known);
    return new RunStore(tenant).head(topics.id()).map(head -> writer(tenant, topics.id()));
  }

  /** How many runs of the tenant go on. */
  public long running(Tenant tenant) {
    return running.keySet().stream().filter(key -> key.tenant().equals(tenant.name())).count();
  }

  /**
   * Begins a run; where its key or external id was used, answers the one that was begun then.
   *
   * @return empty if the key was used, but that run is gone
   * @throws RunException if there are as many as there may be
   */
  public Optional<Beginning.Begun> begin(Tenant tenant, Beginning beginning) {
    Optional<Beginning.Begun> known = find(tenant, beginning, beginning.externalId());
    if (known.isPresent()) return known;
    requireRoom(running(tenant), settings.tenantRunning(), "agents.tenant-running");
    Instant now = tenant.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    String id = ids.next(now);
    AgentEvent.ExecutionStarted started =
        new AgentEvent.ExecutionStarted(
            now,
            id,
            beginning.task(),
            beginning.owner(),
            now,
            Shaping.model(beginning.model()),
            beginning.limits(),
            beginning.external());
    Reduction run = new Reduction();
    run.accept(started);
    List<String> earlier = new ArrayList<>();
    Key key = new Key(tenant.name(), id);
    RunWriter writer = writer(tenant, id);
    // Known before it is in the log: who finds it there is not to write it beside this writer.
    running.put(key, writer);
    Optional<Appended> appended = Optional.empty();
    try {
      appended =
          tenant
              .states()
              .commit(changes -> {
                beginning.key().ifPresent(changes::key);
                earlier.clear();
                named(changes, beginning).ifPresent(earlier::add);
                if (earlier.isEmpty()) write(changes, id, beginning, started, run);
              });
    } finally {
      if (appended.filter(a -> !a.duplicate()).isEmpty()) running.remove(key);
    }
    if (appended.isEmpty())
      return earlier.stream().findFirst().map(was -> new Beginning.Begun(was, false));
    if (appended.get().duplicate()) return first(tenant, appended.get());
    writer.begun(run, appended.get().first().offset());
    tally.event(started);
    return Optional.of(new Beginning.Begun(id, true));
  }

  private static void requireRoom(long value, int most, String key) {
    if (value >= most)
      throw new RunException(
          RunException.Kind.TOO_MANY,
          value + " runs go on; at most that many may (" + key + "); try later");
  }

  /** The run that was begun with the same key, where there is no room for another. */
  public Optional<Beginning.Begun> repeated(Tenant tenant, Beginning beginning) {
    return find(tenant, beginning, beginning.key().map(Runs::keyed));
  }

  private static String keyed(String key) {
    return "key:" + key;
  }

  private static Optional<Beginning.Begun> find(
      Tenant tenant, Beginning beginning, Optional<String> name) {
    RunNames names = new RunNames(tenant);
    return name.flatMap(known -> names.find(beginning.owner(), known))
        .map(named -> new Beginning.Begun(named.id(), false));
  }

  private static Optional<String> named(Changes changes, Beginning beginning) {
    return beginning
        .externalId()
        .map(name -> changes.get(RunTopics.named(beginning.owner(), name)))
        .filter(node -> !node.isMissingNode())
        .map(node -> node.path("id").asString());
  }

  private static void write(
      Changes changes,
      String id,
      Beginning beginning,
      AgentEvent.ExecutionStarted started,
      Reduction run) {
    RunTopics topics = new RunTopics(id);
    EventType type = started.type();
    changes.publish(Event.of(topics.run(), type.wire(), started.timestamp(), Json.from(started)));
    changes.put(topics.run(), Checkpoint.of(run, List.of(), 0).json());
    RunAccess access =
        new RunAccess(
            beginning.owner(),
            List.of(),
            RunStatus.RUNNING,
            beginning.request(),
            beginning.externalId().orElse(null),
            beginning.key().map(Runs::keyed).stream().toList());
    changes.put(topics.access(), Json.MAPPER.valueToTree(access));
    Stream.concat(beginning.externalId().stream(), access.names().stream())
        .forEach(name ->
            changes.put(
                RunTopics.named(beginning.owner(), name),
                Json.MAPPER.createObjectNode().put("id", id)));
  }

  /** The run that a key was used for. */
  private static Optional<Beginning.Begun> first(Tenant tenant, Appended range) {
    try {
      return tenant
          .log()
          .read(
              new Filter(List.of(RunTopics.RUNS), Set.of()),
              range.first().offset() - 1,
              range.last().offset(),
              1)
          .events()
          .stream()
          .findFirst()
          .map(recorded -> RunTopics.of(recorded.event().topic()).id())
          .filter(id -> new RunStore(tenant).head(id).isPresent())
          .map(id -> new Beginning.Begun(id, false));
    } catch (LogException.Truncated forgotten) {
      return Optional.empty();
    }
  }

  /**
   * That another run of this server's agent may begin.
   *
   * @throws RunException if not
   */
  public void requirePlace() {
    requireRoom(employed.size(), settings.running(), "agents.running");
  }

  /** Has the agent carry out a task whose run was begun. */
  public void employ(Tenant tenant, Agent agent, Task task) {
    Key key = new Key(tenant.name(), task.executionId());
    RunWriter writer = running.get(key);
    if (writer == null) return;
    Employment desk =
        new Employment(new LocalSink(this, tenant, writer), writer, task, settings.approval());
    employed.put(key, desk);
    desk.begin(agent, () -> employed.remove(key, desk));
  }

  /** Who may watch the run from now on, besides its owner. */
  public void share(Tenant tenant, String id, List<String> viewers) {
    Topic topic = new RunTopics(id).access();
    tenant
        .states()
        .commit(changes -> RunAccess.change(changes, topic, access -> access.with(viewers)));
    watchers.recheck(tenant, id);
  }

  /** Removes a run that has ended, with all that is of it. */
  public void delete(Tenant tenant, String id) {
    RunTopics topics = new RunTopics(id);
    Optional<RunAccess> access = new RunStore(tenant).access(id);
    Employment desk = employed.get(new Key(tenant.name(), id));
    if (desk != null) desk.awaitRest();
    List<Topic> parts = parts(tenant, topics);
    tenant
        .states()
        .commit(changes -> {
          changes.delete(topics.run(), WriteOptions.NONE.ending());
          changes.delete(topics.access(), WriteOptions.NONE.ending());
          parts.forEach(part -> changes.delete(part, WriteOptions.NONE.ending()));
          access.ifPresent(of -> {
            String name = of.externalId();
            if (name != null) changes.delete(RunTopics.named(of.owner(), name));
            of.names().forEach(each -> changes.delete(RunTopics.named(of.owner(), each)));
          });
        });
    directories.delete(tenant.name(), id);
  }

  private static List<Topic> parts(Tenant tenant, RunTopics topics) {
    List<TopicPattern> patterns = List.of(topics.steps(), topics.results());
    try (StateCut cut = tenant.log().states(patterns)) {
      List<Topic> found = new ArrayList<>();
      cut.forEachRemaining(state -> found.add(state.topic()));
      return found;
    }
  }
}

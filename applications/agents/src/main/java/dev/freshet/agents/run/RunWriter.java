package dev.freshet.agents.run;

import dev.freshet.Tenant;
import dev.freshet.agents.AgentSink;
import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.Approval;
import dev.freshet.agents.event.Reduction;
import dev.freshet.agents.event.RunEndedException;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.event.Event;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.Batch;
import dev.freshet.log.Entry;
import dev.freshet.log.TopicState;
import dev.freshet.state.Changes;
import dev.freshet.state.WriteOptions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes one run. Every event is one event of the log; from time to time, and wherever those who
 * list runs would see a difference, a checkpoint goes with it in one commit, and steps that are
 * done go into pages. So an event costs the same however long the run is. Blocks until what it
 * wrote is durable (L1). Thread-safe; there is one for each run that goes on.
 */
public final class RunWriter {
  private static final int EVENTS_A_CHECKPOINT = 200;
  private static final int STEPS_A_PAGE = 100;

  /** Calls that are open at once; they stay in the checkpoint. */
  private static final int OPEN_CALLS = 100;

  private final Tenant tenant;
  private final RunTopics topics;
  private final RunSettings settings;
  private final BiConsumer<RunWriter, AgentEvent> told;
  private final ReentrantLock lock = new ReentrantLock();

  /** Null until it is needed, and after a failure: then it is read from the log. */
  private @Nullable Reduction run;

  private List<Integer> pages = List.of();
  private long first;
  private int events;
  private long bytes;
  private Weight weight = new Weight();
  private volatile Instant heard;
  private long tokens;
  private RunStatus shown = RunStatus.RUNNING;

  /**
   * @param told of each event that is in the log, in order; must not block
   */
  RunWriter(
      Tenant tenant, String id, RunSettings settings, BiConsumer<RunWriter, AgentEvent> told) {
    this.tenant = tenant;
    this.topics = new RunTopics(id);
    this.settings = settings;
    this.told = told;
    this.heard = tenant.clock().instant();
  }

  /** How many tokens more there are than when this was asked before; with the lock held. */
  long spent(long total) {
    long more = total - tokens;
    tokens = total;
    return more;
  }

  /** Makes the events that come next of the run as it stands; none, to leave it so. */
  @FunctionalInterface
  public interface Making {
    List<AgentSink.Making> of(Reduction run);
  }

  public String id() {
    return topics.id();
  }

  Tenant tenant() {
    return tenant;
  }

  /** When it was last written to, asked about by its agent, or found. */
  Instant heard() {
    return heard;
  }

  /** Appends one event. */
  public void append(AgentSink.Making event) {
    append(run -> List.of(event));
  }

  /**
   * Appends events as one (L4).
   *
   * @return the run's sequence after them
   * @throws dev.freshet.agents.event.EventOrderException if one may not come next
   * @throws RunEndedException if the run has ended, or is gone
   * @throws RunException if there is no room for them
   */
  public long append(Making making) {
    lock.lock();
    try {
      Reduction at = loaded();
      if (at.ended()) throw new RunEndedException(status(at));
      return write(at, making.of(at));
    } finally {
      lock.unlock();
    }
  }

  private static RunStatus status(Reduction run) {
    RunStatus status = run.status();
    return status == null ? RunStatus.RUNNING : status;
  }

  private Reduction loaded() {
    if (run != null) return run;
    TopicState head =
        new RunStore(tenant)
            .head(topics.id())
            .orElseThrow(() -> new RunEndedException(RunStatus.CANCELLED));
    Reduction read = new RunStore(tenant).detached(head);
    Checkpoint checkpoint = RunStore.checkpoint(head);
    pages = checkpoint.pages();
    first = RunStore.first(head);
    weight = Weight.of(checkpoint.head());
    events = EVENTS_A_CHECKPOINT;
    tokens = read.usage().totalTokens();
    shown = checkpoint.head().status();
    run = read;
    return read;
  }

  private long write(Reduction at, List<AgentSink.Making> makings) {
    if (makings.isEmpty()) {
      heard = tenant.clock().instant();
      return at.sequence();
    }
    Shaping shaping = new Shaping(topics, settings);
    List<AgentEvent> made = new ArrayList<>();
    List<Event> entries = new ArrayList<>();
    long before = at.sequence();
    try {
      Instant now = tenant.clock().instant().truncatedTo(ChronoUnit.MILLIS);
      for (AgentSink.Making making : makings) {
        AgentEvent event = shaping.shape(making.of(at, now));
        Json data = Json.from(event);
        requireFit(event, data);
        at.check(event);
        weight.add(event, data.length(), settings.headBytes(), OPEN_CALLS);
        at.accept(event);
        made.add(event);
        entries.add(Event.of(topics.run(), event.type().wire(), now, data));
      }
      commit(at, made, entries, shaping.wholes());
    } catch (RuntimeException | Error failed) {
      if (at.sequence() != before || !made.isEmpty()) run = null;
      throw failed;
    }
    heard = tenant.clock().instant();
    made.forEach(event -> told.accept(this, event));
    return at.sequence();
  }

  private void commit(
      Reduction at, List<AgentEvent> made, List<Event> entries, Map<Topic, ObjectNode> wholes) {
    events += made.size();
    for (Event entry : entries) bytes += entry.data().length();
    boolean checkpoint =
        events >= EVENTS_A_CHECKPOINT
            || bytes >= settings.pageBytes()
            || made.stream().anyMatch(RunWriter::shows);
    if (!checkpoint && wholes.isEmpty()) {
      var unused =
          tenant
              .log()
              .append(new Batch(entries.stream().map(Entry::of).toList(), Optional.empty()));
      return;
    }
    List<StepPage> full = checkpoint ? pages(at) : List.of();
    List<Integer> all = new ArrayList<>(pages);
    full.forEach(page -> all.add(page.from()));
    full.forEach(page -> at.detach(Paging.places(page)));
    var unused =
        tenant
            .states()
            .commit(changes -> {
              changes.publish(entries);
              wholes.forEach((topic, members) -> merge(changes, topic, members));
              for (StepPage page : full)
                changes.put(topics.steps(page.from()), Json.MAPPER.valueToTree(page));
              if (checkpoint) put(changes, Checkpoint.of(at, all, first));
            });
    if (!checkpoint) return;
    shown = status(at);
    pages = List.copyOf(all);
    events = 0;
  }

  private List<StepPage> pages(Reduction at) {
    if (bytes < settings.pageBytes() && at.steps().size() <= STEPS_A_PAGE) return List.of();
    bytes = 0;
    return Paging.of(at, STEPS_A_PAGE, settings.pageBytes());
  }

  private void requireFit(AgentEvent event, Json data) {
    if (data.length() > settings.eventBytes())
      throw RunException.tooLong(
          "the data of " + event.type().wire(), data.length(), settings.eventBytes());
  }

  /** Whether those who list runs see a difference. */
  private static boolean shows(AgentEvent event) {
    return switch (event) {
      case AgentEvent.PlanCreated e -> true;
      case AgentEvent.PhaseStart e -> true;
      case AgentEvent.PhaseComplete e -> true;
      case AgentEvent.ApprovalRequested e -> true;
      case AgentEvent.ApprovalResolved e -> true;
      default -> event.type().terminal();
    };
  }

  private static void merge(Changes changes, Topic topic, ObjectNode members) {
    changes.update(
        topic,
        before -> before instanceof ObjectNode held ? held.setAll(members) : members.deepCopy());
  }

  private void put(Changes changes, Checkpoint checkpoint) {
    RunStatus status = checkpoint.head().status();
    boolean ends = status.terminal();
    if (status != shown) RunAccess.change(changes, topics.access(), access -> access.with(status));
    changes.put(
        topics.run(), checkpoint.json(), ends ? WriteOptions.NONE.ending() : WriteOptions.NONE);
  }

  /**
   * A question as it stands; null if there is none. Who asks is still there.
   *
   * @throws RunEndedException if the run has ended
   */
  @Nullable Approval approval(String approvalId) {
    lock.lock();
    try {
      Reduction at = loaded();
      if (at.ended()) throw new RunEndedException(status(at));
      heard = tenant.clock().instant();
      return at.approval(approvalId);
    } finally {
      lock.unlock();
    }
  }

  /** Takes over a run that was just begun, unless somebody has found it already. */
  void begun(Reduction reduction, long firstOffset) {
    lock.lock();
    try {
      if (run != null) return;
      run = reduction;
      first = firstOffset;
    } finally {
      lock.unlock();
    }
  }
}

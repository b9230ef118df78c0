package dev.freshet.agents.event;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run, as its events make it: takes them one by one, each at a cost that does not grow with the
 * run, and refuses what {@link Grammar} does. For one thread at a time.
 */
public final class Reduction {
  private AgentEvent.@Nullable ExecutionStarted started;
  private List<String> viewers = List.of();
  private @Nullable RunStatus ended;
  private @Nullable Instant finishedAt;
  private @Nullable Plan plan;
  private final Map<String, Phase> phases = new LinkedHashMap<>();
  private @Nullable String currentPhase;
  private int phasesBegun;

  /** By their place in the run; without those that were {@linkplain #detach detached}. */
  private final NavigableMap<Integer, Step> steps = new TreeMap<>();

  private int stepsBegun;
  private final Set<String> thoughtIds = new HashSet<>();
  private final Set<String> callIds = new HashSet<>();
  private final Map<String, Integer> openCalls = new LinkedHashMap<>();
  private int openThought = -1;
  private final StringBuilder thought = new StringBuilder();
  private int iteration;

  private final Map<String, Approval> approvals = new LinkedHashMap<>();
  private final Set<String> openApprovals = new LinkedHashSet<>();
  private Usage usage = Usage.NONE;
  private final Map<String, MadeFile> files = new LinkedHashMap<>();
  private @Nullable JsonNode result;
  private Execution.@Nullable Failure error;
  private Execution.@Nullable Cancellation cancelled;
  private @Nullable Long duration;
  private long sequence;

  /** A run of which nothing has happened yet. */
  public Reduction() {}

  /** Goes on where an execution stands. */
  public static Reduction of(Execution execution) {
    NavigableMap<Integer, Step> steps = new TreeMap<>();
    for (Step step : execution.steps()) steps.put(steps.size(), step);
    return of(execution, steps);
  }

  /**
   * Goes on where an execution stands.
   *
   * @param steps in place of the execution's, by their place in the run
   */
  public static Reduction of(Execution execution, NavigableMap<Integer, Step> steps) {
    Reduction run = new Reduction();
    run.restore(execution, steps);
    return run;
  }

  private void restore(Execution from, NavigableMap<Integer, Step> known) {
    started =
        new AgentEvent.ExecutionStarted(
            from.startedAt(),
            from.executionId(),
            from.task(),
            from.owner(),
            from.startedAt(),
            from.model(),
            from.limits(),
            from.external());
    viewers = from.viewers();
    ended = from.status().terminal() ? from.status() : null;
    finishedAt = from.finishedAt();
    plan = from.plan();
    from.phases().forEach(phase -> phases.put(phase.id(), phase));
    phasesBegun =
        (int) from.phases().stream().filter(p -> p.status() != PhaseStatus.PENDING).count();
    currentPhase = from.currentPhase();
    known.forEach(this::begin);
    from.approvals().forEach(this::put);
    usage = from.usage();
    from.files().forEach(this::put);
    result = from.result();
    error = from.error();
    cancelled = from.cancelled();
    duration = from.duration();
    sequence = from.sequence();
  }

  /**
   * Takes the next event.
   *
   * @throws EventOrderException if the grammar does not allow it; nothing has changed then
   * @throws RunEndedException if the run has ended
   */
  public void accept(AgentEvent event) {
    check(event);
    apply(event);
    sequence++;
  }

  /**
   * Whether the next event may be this one.
   *
   * @throws EventOrderException if the grammar does not allow it
   * @throws RunEndedException if the run has ended
   */
  public void check(AgentEvent event) {
    new Grammar(this).check(event);
  }

  private void apply(AgentEvent event) {
    switch (event) {
      case AgentEvent.ExecutionStarted start -> started = start;
      case AgentEvent.PlanCreated created -> plan(created.plan());
      case AgentEvent.PhaseStart start -> {
        currentPhase = start.phaseId();
        phasesBegun++;
        put(
            new Phase(
                start.phaseId(),
                start.phaseName(),
                start.phaseIndex(),
                PhaseStatus.RUNNING,
                start.timestamp(),
                null));
      }
      case AgentEvent.PhaseComplete end -> close(PhaseStatus.COMPLETED, end.duration());
      case AgentEvent.ThinkingDelta delta -> delta(delta);
      case AgentEvent.Thinking whole -> whole(whole);
      case AgentEvent.ApprovalRequested request -> request(request);
      case AgentEvent.ApprovalResolved answer -> resolve(answer);
      case AgentEvent.ToolStart start -> start(start);
      case AgentEvent.ToolComplete end -> complete(end);
      case AgentEvent.UsageUpdated used -> usage = used.usage();
      case AgentEvent.ExecutionComplete end -> {
        result = end.result();
        end(RunStatus.COMPLETED, end.timestamp(), end.duration());
      }
      case AgentEvent.ExecutionError end -> {
        error = new Execution.Failure(end.code(), end.error());
        cut(PhaseStatus.FAILED);
        end(RunStatus.FAILED, end.timestamp(), end.duration());
      }
      case AgentEvent.ExecutionCancelled end -> {
        cancelled = new Execution.Cancellation(end.by(), end.reason());
        cut(PhaseStatus.CANCELLED);
        end(RunStatus.CANCELLED, end.timestamp(), end.duration());
      }
    }
  }

  private void plan(Plan created) {
    plan = created;
    int index = 0;
    for (Plan.PlannedPhase phase : created.phases())
      put(new Phase(phase.id(), phase.name(), index++, PhaseStatus.PENDING, null, null));
  }

  private void put(Phase phase) {
    phases.put(phase.id(), phase);
  }

  private void close(PhaseStatus status, @Nullable Long took) {
    if (currentPhase == null) return;
    Phase phase = Objects.requireNonNull(phases.get(currentPhase));
    put(new Phase(phase.id(), phase.name(), phase.index(), status, phase.startedAt(), took));
    currentPhase = null;
  }

  private void delta(AgentEvent.ThinkingDelta delta) {
    if (openThought < 0) begin(running(delta));
    thought.append(delta.delta());
  }

  private Step.Thought running(AgentEvent.ThinkingDelta delta) {
    return new Step.Thought(
        delta.thoughtId(),
        currentPhase,
        delta.iteration(),
        delta.kind(),
        "",
        ThoughtStatus.RUNNING,
        delta.timestamp());
  }

  private void whole(AgentEvent.Thinking whole) {
    if (openThought >= 0) {
      settle(ThoughtStatus.COMPLETED);
      return;
    }
    begin(
        new Step.Thought(
            whole.thoughtId(),
            currentPhase,
            whole.iteration(),
            whole.kind(),
            whole.thought(),
            ThoughtStatus.COMPLETED,
            whole.timestamp()));
  }

  private void settle(ThoughtStatus status) {
    Step.Thought open = thought();
    if (open == null) return;
    steps.put(openThought, open.with(thought.toString(), status));
    openThought = -1;
    thought.setLength(0);
  }

  private void request(AgentEvent.ApprovalRequested request) {
    begin(call(request.callId(), request.toolName(), request.params(), CallStatus.WAITING, null));
    put(
        new Approval(
            request.approvalId(),
            request.callId(),
            request.toolName(),
            request.params(),
            request.timestamp(),
            request.expiresAt(),
            null,
            null,
            null));
  }

  private Step.Call call(
      String id, String tool, JsonNode params, CallStatus status, @Nullable Instant time) {
    return new Step.Call(id, currentPhase, tool, params, status, null, null, time, null, List.of());
  }

  private void resolve(AgentEvent.ApprovalResolved answer) {
    put(Objects.requireNonNull(approvals.get(answer.approvalId())).resolved(answer));
    CallStatus next =
        switch (answer.decision()) {
          case APPROVED -> CallStatus.APPROVED;
          case REJECTED -> CallStatus.REJECTED;
          case EXPIRED -> CallStatus.EXPIRED;
        };
    change(Objects.requireNonNull(openCall(answer.callId())).with(next));
  }

  private void start(AgentEvent.ToolStart start) {
    Step.Call asked = openCall(start.callId());
    if (asked != null) change(asked.started(start.timestamp()));
    else
      begin(
          call(
              start.callId(),
              start.toolName(),
              start.params(),
              CallStatus.RUNNING,
              start.timestamp()));
  }

  private void complete(AgentEvent.ToolComplete end) {
    change(Objects.requireNonNull(openCall(end.callId())).completed(end));
    end.files().forEach(this::put);
  }

  private void change(Step.Call call) {
    int place = Objects.requireNonNull(openCalls.get(call.callId()));
    steps.put(place, call);
    if (!call.unsettled()) openCalls.remove(call.callId());
  }

  private void begin(Step step) {
    begin(stepsBegun, step);
  }

  private void begin(int place, Step step) {
    steps.put(place, step);
    stepsBegun = Math.max(stepsBegun, place + 1);
    switch (step) {
      case Step.Thought thinking -> {
        thoughtIds.add(thinking.thoughtId());
        iteration = Math.max(iteration, thinking.iteration());
        if (!thinking.unsettled()) return;
        openThought = place;
        thought.append(thinking.text());
      }
      case Step.Call call -> {
        callIds.add(call.callId());
        if (call.unsettled()) openCalls.put(call.callId(), place);
      }
    }
  }

  private void put(Approval approval) {
    approvals.put(approval.approvalId(), approval);
    if (approval.decision() == null && ended == null) openApprovals.add(approval.approvalId());
    else openApprovals.remove(approval.approvalId());
  }

  private void put(MadeFile file) {
    files.put(file.path(), file);
  }

  private void cut(PhaseStatus status) {
    close(status, null);
    settle(ThoughtStatus.CANCELLED);
    for (String id : List.copyOf(openCalls.keySet()))
      change(Objects.requireNonNull(openCall(id)).with(CallStatus.CANCELLED));
    openApprovals.clear();
  }

  private void end(RunStatus status, Instant time, long took) {
    ended = status;
    finishedAt = time;
    duration = took;
  }

  /** How many events were taken. */
  public long sequence() {
    return sequence;
  }

  /** The first event; null before it. */
  public AgentEvent.@Nullable ExecutionStarted started() {
    return started;
  }

  /** Null before the first event. */
  public @Nullable RunStatus status() {
    if (started == null) return null;
    if (ended != null) return ended;
    return openApprovals.isEmpty() ? RunStatus.RUNNING : RunStatus.WAITING;
  }

  public boolean ended() {
    return ended != null;
  }

  /** What is open now. */
  public Open open() {
    Phase phase = currentPhase == null ? null : phases.get(currentPhase);
    Step.Thought thinking = thought();
    return new Open(
        currentPhase,
        phase == null ? null : phase.name(),
        thinking == null ? null : thinking.thoughtId(),
        thinking == null ? null : thinking.thinking(),
        List.copyOf(openCalls.keySet()),
        List.copyOf(openApprovals));
  }

  public Usage usage() {
    return usage;
  }

  /** Null if there is none with this id. */
  public @Nullable Phase phase(String id) {
    return phases.get(id);
  }

  /** How many phases were started, which is the index of the next. */
  public int phasesBegun() {
    return phasesBegun;
  }

  /** Null if there is no plan. */
  public @Nullable List<Plan.PlannedPhase> planned() {
    return plan == null ? null : plan.phases();
  }

  /** Null if there is none with this id. */
  public @Nullable Approval approval(String id) {
    return approvals.get(id);
  }

  /** A call that waits, is approved or runs; null if there is none with this id. */
  public Step.@Nullable Call openCall(String id) {
    Integer place = openCalls.get(id);
    return place == null ? null : (Step.Call) steps.get(place);
  }

  /** The thought that is open, without its text; null if none is. */
  public Step.@Nullable Thought thought() {
    return openThought < 0 ? null : (Step.Thought) steps.get(openThought);
  }

  /** UTF-16 units of the thought that is open. */
  public int thoughtLength() {
    return thought.length();
  }

  /** The iteration of the newest thought; 0 before the first. */
  public int iteration() {
    return iteration;
  }

  boolean thoughtSays(String text) {
    return text.length() == thought.length() && text.contentEquals(thought);
  }

  /** What the thought that is open says so far. */
  public String thoughtText() {
    return thought.toString();
  }

  boolean thoughtKnown(String id) {
    return thoughtIds.contains(id);
  }

  boolean callKnown(String id) {
    return callIds.contains(id);
  }

  /** Whether no plan was made, and nothing of one. */
  boolean pristine() {
    return plan == null && phasesBegun == 0 && stepsBegun == 0;
  }

  /** The steps that were not detached, by their place in the run. */
  public NavigableMap<Integer, Step> steps() {
    NavigableMap<Integer, Step> all = new TreeMap<>(steps);
    Step.Thought open = thought();
    if (open != null) all.put(openThought, open.with(thought.toString(), open.status()));
    return all;
  }

  /** Lets go of steps that no event changes any more, by their places; their ids stay used. */
  public void detach(Collection<Integer> places) {
    for (int place : places) {
      Step step = steps.get(place);
      if (step == null || step.unsettled())
        throw new IllegalArgumentException("no settled step is at " + place);
      steps.remove(place);
    }
  }

  public void viewers(Collection<String> subjects) {
    viewers = List.copyOf(subjects);
  }

  /** The run as it stands; without the steps that were detached. */
  public Execution execution() {
    AgentEvent.ExecutionStarted first = Objects.requireNonNull(started, "the run has not started");
    return new Execution(
        first.executionId(),
        first.task(),
        first.owner(),
        viewers,
        Objects.requireNonNull(status()),
        first.model(),
        first.limits(),
        first.external(),
        first.startedAt(),
        finishedAt,
        plan,
        List.copyOf(phases.values()),
        currentPhase,
        List.copyOf(steps().values()),
        List.copyOf(approvals.values()),
        usage,
        List.copyOf(files.values()),
        result,
        error,
        cancelled,
        duration,
        sequence);
  }
}

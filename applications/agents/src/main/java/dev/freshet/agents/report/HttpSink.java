package dev.freshet.agents.report;

import dev.freshet.agents.AgentSink;
import dev.freshet.agents.AgentSseEmitter;
import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.Approval;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.Model;
import dev.freshet.agents.event.Reduction;
import dev.freshet.agents.event.RunEndedException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a server of a run, in the order in which it is told. Events are sent by a thread of its
 * own, what gathers meanwhile in one request, pieces of a thought as one piece. A request that gets
 * no answer is sent again, and what it brought is taken once. When the server is away for long the
 * events wait, and past a bound the agent with them: none is dropped. When the run has ended on the
 * server, because somebody cancelled it, the next call throws {@link RunEndedException}.
 */
public final class HttpSink implements AgentSink {
  private static final int THOUGHT_UNITS = 16 << 10;
  private static final int BATCH = 200;

  private final Reporter reporter;
  private final Settings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<AgentEvent> waiting = new ArrayList<>();
  private Reduction run = new Reduction();
  private @Nullable String id;
  private @Nullable RuntimeException failure;
  private volatile long told;
  private boolean sending;
  private boolean closing;

  /**
   * @param buffer events that may wait before the agent does
   * @param pace how long an event waits for others that go with it
   * @param patience how long a server that does not answer is tried
   */
  public record Settings(int buffer, Duration pace, Duration patience) {
    public static final Settings DEFAULT =
        new Settings(1000, Duration.ofMillis(50), Duration.ofMinutes(5));

    public Settings {
      if (buffer < 1 || pace.isNegative() || !patience.isPositive())
        throw new IllegalArgumentException("a sink needs room, a pace and patience");
    }
  }

  /**
   * @param server where Freshet is, such as {@code https://freshet.example}
   * @param token asked for at every request
   */
  public HttpSink(URI server, Supplier<String> token, Settings settings) {
    this(HttpClient.newHttpClient(), server, token, settings);
  }

  HttpSink(HttpClient http, URI server, Supplier<String> token, Settings settings) {
    this.reporter = new Reporter(http, server, token, settings.patience());
    this.settings = settings;
  }

  /**
   * An emitter that tells a server of a run, which it begins with {@code executionStarted}.
   *
   * @param executionId as the agent names the run; the same again is the same run
   */
  public static AgentSseEmitter emitter(
      URI server, Supplier<String> token, String user, String executionId) {
    return new AgentSseEmitter(user, executionId, new HttpSink(server, token, Settings.DEFAULT));
  }

  @Override
  public String start(String user, String executionId, String task, @Nullable Model model) {
    lock.lock();
    try {
      if (id != null) throw new IllegalStateException("the run has begun already");
      Execution begun = reporter.begin(user, executionId, task, model);
      run = Reduction.of(begun);
      told = begun.sequence();
      id = begun.executionId();
      Thread.ofVirtual().name("agent-report-" + id).start(this::send);
      return begun.executionId();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int thoughtUnits() {
    return THOUGHT_UNITS;
  }

  @Override
  public void append(Making event) {
    lock.lock();
    try {
      if (id == null) throw new IllegalStateException("the run has not begun");
      while (failure == null && waiting.size() >= settings.buffer()) changed.await();
      requireSound();
      AgentEvent made = event.of(run, Instant.now().truncatedTo(ChronoUnit.MILLIS));
      run.accept(made);
      add(made);
      changed.signalAll();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    } finally {
      lock.unlock();
    }
  }

  private void requireSound() {
    RuntimeException failed = failure;
    if (failed instanceof RunEndedException ended) throw new RunEndedException(ended.status());
    if (failed != null) throw new IllegalStateException("the run can't be told of", failed);
  }

  private void add(AgentEvent event) {
    AgentEvent joined = waiting.isEmpty() ? null : joined(waiting.getLast(), event);
    if (joined == null) waiting.add(event);
    else waiting.set(waiting.size() - 1, joined);
  }

  private static @Nullable AgentEvent joined(AgentEvent before, AgentEvent event) {
    if (!(before instanceof AgentEvent.ThinkingDelta first)
        || !(event instanceof AgentEvent.ThinkingDelta next)
        || !first.thoughtId().equals(next.thoughtId())) return null;
    return new AgentEvent.ThinkingDelta(
        first.timestamp(),
        first.thoughtId(),
        first.iteration(),
        first.kind(),
        first.at(),
        first.delta() + next.delta());
  }

  private void send() {
    try {
      for (List<AgentEvent> batch = next(); !batch.isEmpty(); batch = next()) deliver(batch);
    } catch (InterruptedException stopped) {
      fail(new IllegalStateException("interrupted", stopped));
    } catch (RuntimeException refused) {
      fail(refused);
    }
  }

  /** What goes out now; waits for it. Empty when there will be nothing more. */
  private List<AgentEvent> next() throws InterruptedException {
    lock.lock();
    try {
      sending = false;
      changed.signalAll();
      while (waiting.isEmpty() && !closing) changed.await();
      gather();
      List<AgentEvent> batch = new ArrayList<>(waiting.subList(0, Math.min(BATCH, waiting.size())));
      waiting.subList(0, batch.size()).clear();
      sending = !batch.isEmpty();
      changed.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void gather() throws InterruptedException {
    long left = settings.pace().toNanos();
    while (left > 0 && !closing && waiting.size() < BATCH && !run.ended())
      left = changed.awaitNanos(left);
  }

  private void deliver(List<AgentEvent> batch) throws InterruptedException {
    String of = Objects.requireNonNull(id);
    switch (reporter.tell(of, told, batch)) {
      case Reporter.Said.Taken(long sequence) -> told = sequence;
      case Reporter.Said.Differs(long current) -> reconcile(of, batch, current);
      case Reporter.Said.Ended() -> ended(of, batch);
      case Reporter.Said.TooLarge() -> {
        deliver(batch.subList(0, batch.size() / 2));
        deliver(batch.subList(batch.size() / 2, batch.size()));
      }
    }
  }

  /**
   * The answer to the batch was lost, or people have answered questions meanwhile: nothing else
   * changes a run that is reported.
   */
  private void reconcile(String of, List<AgentEvent> batch, long current)
      throws InterruptedException {
    Execution now = reporter.read(of);
    List<Approval> news = news(now.approvals());
    long arrived = now.sequence() - told - news.size();
    if (now.status().terminal()) {
      ended(of, batch);
    } else if (arrived == 0 || arrived == batch.size()) {
      take(news);
      told = now.sequence();
      if (arrived == 0) deliver(batch);
    } else {
      throw new IllegalStateException(
          "the run's sequence is "
              + current
              + " where "
              + told
              + " was told: who else reports it?");
    }
  }

  /** Questions that were answered on the server, and not by this agent. */
  private List<Approval> news(List<Approval> approvals) {
    lock.lock();
    try {
      return approvals.stream()
          .filter(now -> now.decision() != null)
          .filter(now -> {
            Approval known = run.approval(now.approvalId());
            return known != null && known.decision() == null;
          })
          .toList();
    } finally {
      lock.unlock();
    }
  }

  private void take(List<Approval> answered) {
    lock.lock();
    try {
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      for (Approval each : answered)
        run.accept(
            new AgentEvent.ApprovalResolved(
                now,
                each.approvalId(),
                each.callId(),
                Objects.requireNonNull(each.decision()),
                each.by(),
                each.reason()));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** By the last event of the batch, whose answer was lost, or by somebody else. */
  private void ended(String of, List<AgentEvent> batch) throws InterruptedException {
    Execution now = reporter.read(of);
    boolean own = batch.getLast().type().terminal() && run.status() == now.status();
    if (!own) throw new RunEndedException(now.status());
    told = now.sequence();
  }

  private void fail(RuntimeException why) {
    lock.lock();
    try {
      failure = why;
      waiting.clear();
      sending = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable Approval awaitApproval(String approvalId, Duration most)
      throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (true) {
      Approval known = answered(approvalId);
      if (known != null || System.nanoTime() > deadline) return known;
      TimeUnit.MILLISECONDS.sleep(200);
      look();
    }
  }

  private @Nullable Approval answered(String approvalId) {
    lock.lock();
    try {
      requireSound();
      Approval known = run.approval(approvalId);
      return known == null || known.decision() == null ? null : known;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Looks for answers, while nothing is on its way: a report of nothing, which also says that the
   * agent is still there.
   */
  private void look() throws InterruptedException {
    String of = Objects.requireNonNull(id);
    if (reporter.tell(of, told, List.of()) instanceof Reporter.Said.Taken) return;
    Execution now = reporter.read(of);
    lock.lock();
    try {
      if (now.status().terminal() && !run.ended()) failure = new RunEndedException(now.status());
      if (sending || !waiting.isEmpty() || failure != null) return;
      List<Approval> news = news(now.approvals());
      if (now.sequence() != told + news.size()) return;
      take(news);
      told = now.sequence();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all is with the server.
   *
   * @throws IllegalStateException if it did not get there
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
      while (failure == null && (sending || !waiting.isEmpty())) changed.await();
      if (failure != null && !(failure instanceof RunEndedException)) requireSound();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}

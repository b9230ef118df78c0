package dev.freshet.tasks;

import dev.freshet.log.LogException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A task at work: a thread that does it, and one that writes down, at intervals, how far it is.
 * Whoever ends the task does so in the log; the run that finds it ended leaves off.
 */
final class Run implements TaskRun {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);
  private static final double NANOS = 1e9;

  /** How soon a change of the task's status is seen. */
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Ledger ledger;
  private final TaskDetail begun;
  private final JsonNode params;
  private final TaskKind kind;
  private final Duration interval;
  private final Tally tally;
  private final List<Part> parts;
  private final CountDownLatch over = new CountDownLatch(1);

  /** Keeps writes in order: a later one never shows less. */
  private final ReentrantLock writing = new ReentrantLock();

  private volatile @Nullable Thread worker;
  private boolean leaving;
  private volatile Status shown = Status.PENDING;

  Run(
      Ledger ledger,
      TaskDetail task,
      JsonNode params,
      TaskKind kind,
      Duration interval,
      Tally tally) {
    this.ledger = ledger;
    this.begun = task;
    this.params = params;
    this.kind = kind;
    this.interval = interval;
    this.tally = tally;
    this.parts = task.subtasks().stream().map(part -> new Part(part, tally)).toList();
  }

  @Override
  public String id() {
    return begun.id();
  }

  @Override
  public String tenant() {
    return ledger.tenant().name();
  }

  @Override
  public JsonNode params() {
    return params;
  }

  @Override
  public List<Subtask> subtasks() {
    return begun.subtasks();
  }

  @Override
  public Report subtask(int index) {
    return parts.get(index);
  }

  @Override
  public void save() {
    write();
  }

  /** Does the task, or what is left of it; returns when it has ended or was left off. */
  void work() {
    if (!enter()) {
      over.countDown();
      return;
    }
    Thread reporter = Thread.ofVirtual().name("task-report-" + id()).start(this::report);
    try {
      if (write()) perform();
    } catch (LogException failed) {
      LOG.warn("task {} could not be written down, and is left for the next start", id(), failed);
    } finally {
      worker = null;
      Thread.interrupted();
      reporter.interrupt();
      over.countDown();
    }
  }

  private synchronized boolean enter() {
    worker = Thread.currentThread();
    return !leaving;
  }

  private void perform() {
    try {
      kind.run(this);
      finish(failedParts().map(this::partsFailed).orElse(null));
    } catch (TaskFailure failure) {
      finish(failure.error());
    } catch (InterruptedException left) {
      write();
    } catch (LogException failed) {
      throw failed;
    } catch (RuntimeException unexpected) {
      LOG.error("task {} failed", id(), unexpected);
      finish(new TaskError("internal", "the server failed; its log says why under task " + id()));
    }
  }

  private Optional<Long> failedParts() {
    long failed = parts.stream().filter(p -> p.status() != Status.COMPLETED).count();
    return failed == 0 ? Optional.empty() : Optional.of(failed);
  }

  private TaskError partsFailed(long failed) {
    return new TaskError(
        "subtasks_failed", failed + " of " + parts.size() + " sub-tasks failed; each says why");
  }

  private void finish(@Nullable TaskError error) {
    Thread.interrupted();
    Status with = error == null ? Status.COMPLETED : Status.FAILED;
    end(with, error);
  }

  /** Ends the task as cancelled; false if it had ended. The thread is to be told, too. */
  boolean cancel() {
    return end(Status.CANCELLED, null);
  }

  private boolean end(Status with, @Nullable TaskError error) {
    boolean ends = update(task -> now(task).ended(with, error, clock()));
    if (ends) tally.ended(with);
    return ends;
  }

  /** The task's status, as it was written last. */
  Status shown() {
    return shown;
  }

  /** Has the work left off. */
  void interrupt() {
    Thread at;
    synchronized (this) {
      leaving = true;
      at = worker;
    }
    if (at != null) at.interrupt();
  }

  /** Waits until the work has come to rest. */
  boolean awaitRest(Duration patience) throws InterruptedException {
    return over.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void report() {
    long then = System.nanoTime();
    try {
      while (over.getCount() > 0) {
        pause(then);
        long now = System.nanoTime();
        double seconds = Math.max(1, now - then) / NANOS;
        for (Part part : parts) part.measure(seconds);
        then = now;
        if (!write()) interrupt();
      }
    } catch (InterruptedException done) {
      // The work is over.
    } catch (LogException failed) {
      LOG.warn("the progress of task {} could not be written down", id(), failed);
      interrupt();
    }
  }

  /** For an interval, or until the status of the task changes. */
  private void pause(long since) throws InterruptedException {
    Duration step = interval.compareTo(LOOK) < 0 ? interval : LOOK;
    while (System.nanoTime() - since < interval.toNanos() && status() == shown) Thread.sleep(step);
  }

  /** Writes the task as it is; false if it has ended. */
  private boolean write() {
    return update(this::now);
  }

  private boolean update(UnaryOperator<TaskDetail> edit) {
    writing.lock();
    try {
      Optional<TaskDetail> written = ledger.update(id(), edit);
      written.ifPresent(task -> shown = task.status());
      return written.isPresent();
    } finally {
      writing.unlock();
    }
  }

  private TaskDetail now(TaskDetail stored) {
    return stored.running(status(), parts.stream().map(Part::now).toList(), clock());
  }

  /** Verifying, when that is all that is left, and as long as nothing is begun after it. */
  private Status status() {
    List<Status> open =
        parts.stream().map(Part::status).filter(status -> !status.terminal()).toList();
    boolean verifying =
        open.isEmpty()
            ? shown == Status.VERIFYING
            : open.stream().allMatch(status -> status == Status.VERIFYING);
    return verifying ? Status.VERIFYING : Status.RUNNING;
  }

  private Instant clock() {
    return ledger.tenant().clock().instant();
  }
}

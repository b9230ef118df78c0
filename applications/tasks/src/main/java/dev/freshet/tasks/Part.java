package dev.freshet.tasks;

import org.jspecify.annotations.Nullable;

/** A sub-task that is being worked on. Thread-safe. */
final class Part implements TaskRun.Report {
  /**
   * The older a rate is, the less it counts: after so long it has lost two thirds of its weight.
   */
  private static final double MEMORY_SECONDS = 3;

  private final String id;
  private final String name;
  private Status status;
  private long done;
  private @Nullable Long total;
  private int attempts;
  private @Nullable String sha256;
  private @Nullable TaskError error;

  /** What the rate is measured from. */
  private long measured;

  private double rate;

  private final Tally tally;

  Part(Subtask subtask, Tally tally) {
    this.tally = tally;
    id = subtask.id();
    name = subtask.name();
    status = subtask.status().terminal() ? subtask.status() : Status.PENDING;
    done = subtask.bytesDone();
    total = subtask.bytesTotal();
    attempts = subtask.attempts();
    sha256 = subtask.sha256();
    error = subtask.error();
    measured = done;
  }

  @Override
  public synchronized Status status() {
    return status;
  }

  synchronized Subtask now() {
    return new Subtask(
        id,
        name,
        status,
        done,
        total,
        status == Status.RUNNING ? Math.round(rate) : 0,
        attempts,
        sha256,
        error);
  }

  /** Takes the rate anew, from what was done in so many seconds. */
  synchronized void measure(double seconds) {
    double now = Math.max(0, done - measured) / seconds;
    double weight = 1 - Math.exp(-seconds / MEMORY_SECONDS);
    rate = rate == 0 ? now : rate + weight * (now - rate);
    if (rate < 1) rate = 0;
    measured = done;
  }

  @Override
  public synchronized void attempt() {
    attempts++;
    tally.attempts.increment();
  }

  @Override
  public synchronized void status(Status now) {
    if (now.terminal()) throw new IllegalArgumentException("say how it ended");
    status = now;
  }

  @Override
  public synchronized void total(long bytes) {
    total = bytes;
  }

  /** What was there before is no work of now's: the rate does not count it. */
  @Override
  public synchronized void done(long bytes) {
    done = bytes;
    measured = bytes;
  }

  @Override
  public synchronized void add(long bytes) {
    done += bytes;
    if (bytes > 0) tally.bytes.add(bytes);
  }

  @Override
  public synchronized void completed(String sum) {
    status = Status.COMPLETED;
    sha256 = sum;
    if (total == null) total = done;
    error = null;
  }

  @Override
  public synchronized void failed(TaskError why) {
    status = Status.FAILED;
    error = why;
    tally.failed.increment();
  }
}

package dev.freshet.tasks;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a task is: the sum of its sub-tasks.
 *
 * @param bytesTotal null until the size of each is known
 * @param etaSeconds null where it can't be told
 */
public record Progress(
    long bytesDone,
    @Nullable Long bytesTotal,
    int filesDone,
    int filesTotal,
    long bytesPerSecond,
    @Nullable Long etaSeconds) {

  static Progress of(List<Subtask> subtasks) {
    long done = subtasks.stream().mapToLong(Subtask::bytesDone).sum();
    long rate = subtasks.stream().mapToLong(Subtask::bytesPerSecond).sum();
    Long total = total(subtasks);
    long completed = subtasks.stream().filter(s -> s.status() == Status.COMPLETED).count();
    return new Progress(
        done, total, (int) completed, subtasks.size(), rate, eta(done, total, rate));
  }

  private static @Nullable Long total(List<Subtask> subtasks) {
    if (subtasks.stream().anyMatch(s -> s.bytesTotal() == null)) return null;
    return subtasks.stream().mapToLong(s -> Objects.requireNonNull(s.bytesTotal())).sum();
  }

  private static @Nullable Long eta(long done, @Nullable Long total, long rate) {
    if (total == null || rate == 0 || done > total) return null;
    return (total - done + rate - 1) / rate;
  }
}

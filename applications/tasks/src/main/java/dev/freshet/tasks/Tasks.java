package dev.freshet.tasks;

import dev.freshet.Freshet;
import dev.freshet.application.Application;
import dev.freshet.application.Feed;
import dev.freshet.application.Measure;
import dev.freshet.application.Operation;
import dev.freshet.application.StatusSummary;
import dev.freshet.application.Summary;
import dev.freshet.event.TopicPattern;
import dev.freshet.tasks.transfer.Transfer;
import java.net.URL;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Long jobs with sub-tasks and progress (PROTOCOL §8.5): made, listed, cancelled, retried, deleted
 * and watched. {@link Transfer} is built in; other kinds are given to the constructor. Thread-safe.
 */
public final class Tasks implements Application {
  private static final List<TopicPattern> OWNED =
      List.of(TopicPattern.of("tasks/**"), TopicPattern.of("$tasks/**"));

  private final Tally tally = new Tally();
  private final Runner runner;
  private final Expiry expiry;
  private final Operations operations;

  /**
   * @param interval progress is written down at most this often
   * @param parallelTasks that run at once
   * @param tenantTasks of one tenant that run at once
   * @param pending of one tenant that may wait
   * @param subtasks that one task may have
   * @param keep how long after it was made a task that ended is kept
   * @param documentBytes that a TaskDetail may have
   */
  public record Settings(
      Duration interval,
      int parallelTasks,
      int tenantTasks,
      int pending,
      int subtasks,
      Duration keep,
      int documentBytes) {
    public static final Settings DEFAULT =
        new Settings(Duration.ofSeconds(1), 8, 4, 1000, 500, Duration.ofDays(30), 1 << 20);

    public Settings {
      if (!interval.isPositive() || !keep.isPositive())
        throw new IllegalArgumentException("tasks need a positive interval and time to keep");
      if (parallelTasks < 1 || tenantTasks < 1 || pending < 1 || subtasks < 1 || documentBytes < 1)
        throw new IllegalArgumentException("bounds of tasks must be positive");
    }
  }

  public Tasks(Settings settings, Transfer transfer) {
    this(settings, transfer, List.of());
  }

  /**
   * @param more kinds besides transfers
   */
  public Tasks(Settings settings, Transfer transfer, List<TaskKind> more) {
    Map<String, TaskKind> kinds = new LinkedHashMap<>();
    Stream.concat(Stream.of(transfer), more.stream())
        .forEach(kind -> {
          if (kinds.put(kind.name(), kind) != null)
            throw new IllegalArgumentException("two kinds are named '" + kind.name() + "'");
        });
    runner = new Runner(kinds, settings, tally);
    expiry = new Expiry(settings.keep());
    operations = new Operations(kinds, runner, settings);
  }

  @Override
  public String name() {
    return "tasks";
  }

  @Override
  public URL openApi() {
    return Objects.requireNonNull(Tasks.class.getResource("openapi.yaml"));
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of(
        "createTask", operations::create,
        "listTasks", operations::list,
        "readTask", operations::read,
        "cancelTask", operations::cancel,
        "retryTask", operations::retry,
        "deleteTask", operations::delete);
  }

  @Override
  public Map<String, Feed> feeds() {
    return Map.of("streamTask", new TaskFeed());
  }

  @Override
  public Map<String, Summary> summaries() {
    return Map.of("tasks", new StatusSummary(TopicPattern.of("tasks/*")));
  }

  @Override
  public List<Measure> measures() {
    return tally.measures(runner::open);
  }

  @Override
  public List<TopicPattern> owned() {
    return OWNED;
  }

  @Override
  public void start(Freshet freshet) {
    runner.start(freshet);
    expiry.start(freshet);
  }

  @Override
  public void stop() {
    expiry.stop();
    runner.stop();
  }
}

package dev.freshet.tasks.transfer;

import dev.freshet.application.ProblemException;
import dev.freshet.net.AddressRules;
import dev.freshet.net.Connector;
import dev.freshet.net.HttpRequest;
import dev.freshet.tasks.Failures;
import dev.freshet.tasks.Status;
import dev.freshet.tasks.TaskFailure;
import dev.freshet.tasks.TaskKind;
import dev.freshet.tasks.TaskRun;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Fetches files by http and https, or from directories of the server, into a directory (PROTOCOL
 * §8.5): in parts, with resume, verified. How is told in {@code docs/guides/tasks.md}. Thread-safe.
 */
public final class Transfer implements TaskKind {
  private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);
  private static final String TENANT = "{tenant}";

  private final Settings settings;
  private final Roots roots;
  private final Connector connector;
  private final TokenBucket bandwidth;
  private final Claims claims = new Claims();

  /**
   * @param roots directories that files may be fetched into; without one, there are no transfers
   * @param fileRoots directories from which {@code file:} may be read; {@code {tenant}} in one
   *     stands for the tenant's name
   * @param privateAddresses whether addresses that are not public may be connected to
   * @param parallelParts connections of one task
   * @param minPart bytes that are worth a connection of their own
   * @param bandwidth bytes a second of all tasks together; 0 for no bound
   * @param connect time for a connection to be made
   * @param stall a source that sends nothing for this long is given up, and tried again
   * @param attempts one after the other that may come to nothing
   */
  public record Settings(
      List<Path> roots,
      List<String> fileRoots,
      boolean privateAddresses,
      int parallelParts,
      long minPart,
      long bandwidth,
      Duration connect,
      Duration stall,
      int attempts,
      Duration retry,
      Duration maxRetry) {
    public static final Settings DEFAULT =
        new Settings(
            List.of(),
            List.of(),
            false,
            4,
            8 << 20,
            0,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            8,
            Duration.ofMillis(500),
            Duration.ofMinutes(1));

    public Settings {
      roots = List.copyOf(roots);
      fileRoots = List.copyOf(fileRoots);
      if (parallelParts < 1 || minPart < 1 || bandwidth < 0 || attempts < 1)
        throw new IllegalArgumentException("bounds of transfers must be positive");
      if (!connect.isPositive() || !stall.isPositive() || !retry.isPositive())
        throw new IllegalArgumentException("times of transfers must be positive");
    }

    Backoff backoff() {
      return new Backoff(retry, maxRetry);
    }
  }

  public Transfer(Settings settings) {
    this(
        settings,
        new Connector(
            new AddressRules(settings.privateAddresses(), "tasks.private-addresses"),
            host -> true,
            settings.connect(),
            settings.stall()));
  }

  Transfer(Settings settings, Connector connector) {
    this.settings = settings;
    this.roots = new Roots(settings.roots());
    this.connector = connector;
    this.bandwidth = new TokenBucket(settings.bandwidth());
  }

  @Override
  public String name() {
    return "transfer";
  }

  @Override
  public Optional<String> unavailable() {
    return settings.roots().isEmpty()
        ? Optional.of(
            "transfers are off on this server; setting tasks.roots to directories that files may be fetched into turns them on")
        : Optional.empty();
  }

  @Override
  public Plan plan(String tenant, JsonNode params) {
    TransferParams transfer = TransferParams.of(params, roots);
    int parts = transfer.parallelParts().orElse(1);
    if (parts > settings.parallelParts())
      throw Failures.invalid(
          "body",
          "/params/parallelParts",
          "is " + parts + "; at most " + settings.parallelParts() + " (tasks.parallel-parts)");
    for (int i = 0; i < transfer.items().size(); i++) {
      URI url = transfer.items().get(i).url();
      if (Urls.file(url) && !below(Path.of(url.getPath()), fileRoots(tenant)))
        throw Failures.invalid(
            "body",
            "/params/sources/" + i + "/url",
            "is not below a directory that may be read (tasks.file-roots)");
    }
    return new Plan(
        transfer.shown(),
        transfer.items().stream()
            .map(item -> new Part(item.name(), item.size().orElse(null)))
            .toList());
  }

  private List<Path> fileRoots(String tenant) {
    return settings.fileRoots().stream()
        .map(root -> Path.of(root.replace(TENANT, Names.ofTenant(tenant))).toAbsolutePath())
        .toList();
  }

  private static boolean below(Path path, List<Path> roots) {
    return roots.stream().anyMatch(root -> path.normalize().startsWith(root.normalize()));
  }

  @Override
  public void run(TaskRun run) throws TaskFailure, InterruptedException {
    try {
      TransferParams params = TransferParams.of(run.params(), roots);
      Context context = context(run, params);
      transfer(run, params, context);
      run.save();
      tidy(run, params, context);
    } catch (TransferException failure) {
      throw new TaskFailure(failure.error().code(), failure.error().message());
    } catch (ProblemException refused) {
      throw new TaskFailure("params_refused", refused.problem().detail());
    }
  }

  private Context context(TaskRun run, TransferParams params) throws TransferException {
    int parts = params.parallelParts().orElse(settings.parallelParts());
    return new Context(
        settings,
        roots.directory(run.tenant(), params),
        params.overwrite(),
        parts,
        new Semaphore(parts, true),
        new TokenBucket(params.bandwidth().orElse(0)),
        bandwidth);
  }

  private void transfer(TaskRun run, TransferParams params, Context context)
      throws TransferException, InterruptedException {
    Queue<Integer> left = new ConcurrentLinkedQueue<>(open(run));
    Team.Member worker =
        () -> {
          for (Integer i = left.poll(); i != null; i = left.poll()) {
            transfer(run, params.items().get(i), run.subtask(i), context);
          }
        };
    try {
      Team.run(Collections.nCopies(Math.min(context.parts(), left.size()), worker));
    } catch (SourceChangedException neverThrown) {
      throw new IllegalStateException(neverThrown);
    }
  }

  private static List<Integer> open(TaskRun run) {
    return IntStream.range(0, run.subtasks().size())
        .filter(i -> !run.subtasks().get(i).status().terminal())
        .boxed()
        .toList();
  }

  private void transfer(TaskRun run, Item item, TaskRun.Report report, Context context)
      throws TransferException, InterruptedException {
    Path target = context.directory().resolve(item.name());
    claims.claim(target);
    try {
      new FileTransfer(item, source(run.tenant(), item), context, report).run();
    } catch (TransferException failure) {
      report.failed(failure.error());
      if (failure.scope() == TransferException.Scope.TASK) throw failure;
    } finally {
      claims.release(target);
    }
  }

  private Source source(String tenant, Item item) {
    return Urls.file(item.url())
        ? new FileSource(Path.of(item.url().getPath()), fileRoots(tenant))
        : new HttpSource(new HttpRequest(connector, item.url(), item.authorization()));
  }

  /** Removes the journals of what is complete, now that the log says so. */
  private void tidy(TaskRun run, TransferParams params, Context context) {
    List<Item> complete = new ArrayList<>();
    for (int i = 0; i < params.items().size(); i++) {
      if (run.subtask(i).status() == Status.COMPLETED) complete.add(params.items().get(i));
    }
    discard(complete, context.directory());
  }

  private void discard(List<Item> items, Path directory) {
    for (Item item : items) {
      Path target = directory.resolve(item.name());
      if (!claims.tryClaim(target)) continue;
      try {
        new PartFile(directory, item.name(), "").discard();
      } catch (IOException failed) {
        LOG.warn("what is left of {} could not be removed", target, failed);
      } finally {
        claims.release(target);
      }
    }
  }

  @Override
  public void discard(String tenant, JsonNode params) {
    if (unavailable().isPresent()) return;
    try {
      TransferParams transfer = TransferParams.of(params, roots);
      discard(transfer.items(), roots.directory(tenant, transfer));
    } catch (TransferException | RuntimeException failed) {
      LOG.warn("what a deleted transfer left behind could not be removed", failed);
    }
  }
}

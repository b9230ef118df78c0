package dev.freshet.benchmarks.load;

import static dev.freshet.benchmarks.load.LoadBenchmark.millis;
import static dev.freshet.benchmarks.load.LoadBenchmark.say;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A transfer that goes on while nobody, one, and thousands watch it. */
final class TaskBenchmark {
  private static final int[] VIEWERS = {1, 100, 1000, 5000};
  private static final List<String> FORMATS = List.of("document", "patch");
  private static final int WARMING_VIEWERS = 1000;
  private static final int FILES = 10;
  private static final int WARM_UP_SECONDS = 3;
  private static final int SECONDS = 12;
  private static final double MINUTE = 60.0 / SECONDS;

  private final FreshetServer server;
  private final Metrics metrics;
  private final String task;

  private TaskBenchmark(FreshetServer server, String task) {
    this.server = server;
    this.metrics = new Metrics(FreshetServer.URL);
    this.task = task;
  }

  /** What the server did in {@link #SECONDS}. */
  private record Work(double cpu, double encodings, double updates) {}

  static void run() throws IOException, InterruptedException {
    Path root = Files.createTempDirectory("freshet-bench-root");
    String tasks = "tasks:\n  roots: " + root + "\n  private-addresses: true\n";
    try (EndlessSource source = EndlessSource.start();
        FreshetServer server = FreshetServer.start("os", tasks)) {
      String task =
          new Requests(FreshetServer.URL, server.token).post("/api/v1/tasks", transfer(source));
      new TaskBenchmark(server, task.replaceAll("(?s)^.*?\"id\":\"([^\"]*)\".*$", "$1")).measure();
    } finally {
      FreshetServer.delete(root);
    }
  }

  /** Of files that never end, at a rate that leaves the processors to the viewers. */
  private static String transfer(EndlessSource source) {
    StringBuilder sources = new StringBuilder();
    for (int i = 0; i < FILES; i++)
      sources.append(i == 0 ? "" : ",").append("{\"url\":\"" + source.url(i) + "\"}");
    return "{\"kind\":\"transfer\",\"name\":\"load\",\"params\":{\"bandwidth\":1048576,\"sources\":["
        + sources
        + "]}}";
  }

  private void measure() throws IOException, InterruptedException {
    say(
        "| viewers | format | updates/s | encodings/s | bytes a viewer and minute | server CPU-s a minute | CPU-ms a viewer and minute, beyond the transfer | p50 ms | p99 ms |");
    say("|---|---|---|---|---|---|---|---|---|");
    // So that nobody pays for what all need compiled.
    for (String format : FORMATS) watch(WARMING_VIEWERS, format);
    Work alone = work();
    say(
        "| 0 | – | %.1f | %.1f | – | %.2f | – | – | – |"
            .formatted(alone.updates / SECONDS, alone.encodings / SECONDS, alone.cpu * MINUTE));
    for (String format : FORMATS)
      for (int viewers : VIEWERS) say(row(viewers, format, alone, watch(viewers, format)));
  }

  /** What some viewers cost, and what they saw. */
  private record Watched(Work work, double bytes, double p50, double p99) {}

  private Watched watch(int count, String format) throws IOException, InterruptedException {
    String path = "/api/v1/tasks/" + task + "/stream?format=" + format;
    try (Worker viewers =
        LoadBenchmark.viewers(FreshetServer.URL, server.token, count, path, 50, "timestamp")) {
      viewers.ask("connect");
      Thread.sleep(WARM_UP_SECONDS * 1000L);
      viewers.ask("reset");
      Work work = work();
      String[] report = viewers.ask("report").split(" ", -1);
      return new Watched(
          work, Double.parseDouble(report[1]) / count, millis(report[3]), millis(report[4]));
    }
  }

  private static String row(int count, String format, Work alone, Watched watched) {
    Work work = watched.work;
    // Of a few viewers less is seen than the transfer's own work varies.
    String each =
        count < 1000 ? "–" : "%.2f".formatted((work.cpu - alone.cpu) * MINUTE * 1000 / count);
    // Only patches say when they were made.
    boolean timed = format.equals("patch");
    return "| %,d | %s | %.1f | %.1f | %,.0f | %.2f | %s | %s | %s |"
        .formatted(
            count,
            format,
            work.updates / SECONDS,
            work.encodings / SECONDS,
            watched.bytes * MINUTE,
            work.cpu * MINUTE,
            each,
            timed ? "%.0f".formatted(watched.p50) : "–",
            timed ? "%.0f".formatted(watched.p99) : "–");
  }

  private Work work() throws IOException, InterruptedException {
    double cpu = server.process.probe().cpuSeconds();
    double encodings = metrics.value("freshet_stream_encodings_total");
    double head = metrics.value("freshet_log_head{tenant=\"bench\"}");
    Thread.sleep(SECONDS * 1000L);
    return new Work(
        server.process.probe().cpuSeconds() - cpu,
        metrics.value("freshet_stream_encodings_total") - encodings,
        metrics.value("freshet_log_head{tenant=\"bench\"}") - head);
  }
}

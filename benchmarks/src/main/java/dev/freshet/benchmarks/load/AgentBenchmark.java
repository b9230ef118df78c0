package dev.freshet.benchmarks.load;

import static dev.freshet.benchmarks.load.LoadBenchmark.millis;
import static dev.freshet.benchmarks.load.LoadBenchmark.say;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs of the server's own agent, and those who watch them: from the time at which the model sends
 * a token to the time at which a viewer has read it.
 */
final class AgentBenchmark {
  private static final int RUNS = 200;
  private static final int VIEWERS = 2000;
  private static final int TOKEN_MILLIS = 30;
  private static final int WARM_UP_SECONDS = 10;
  private static final int SETTLING_SECONDS = 2;
  private static final int SECONDS = 10;

  /** As many as there are runs, so that each run has one that looks into what it reads. */
  private static final int SAMPLED = RUNS;

  private final FreshetServer server;
  private final Metrics metrics = new Metrics(FreshetServer.URL);
  private final Requests requests;

  private AgentBenchmark(FreshetServer server) {
    this.server = server;
    this.requests = new Requests(FreshetServer.URL, server.token);
  }

  static void run() throws IOException, InterruptedException {
    say(
        "| durability | runs | viewers | tokens/s | events/s | deliveries/s | server CPUs | token to viewer p50 ms | p99 ms | live heap | heap/viewer | RSS/viewer | threads |");
    say("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    talk("fsync", RUNS);
    talk("fsync", 1);
    talk("memory", RUNS);
    scripted();
  }

  private static void talk(String durability, int runs) throws IOException, InterruptedException {
    try (TimedModel model = TimedModel.start(TOKEN_MILLIS);
        FreshetServer server =
            FreshetServer.start(
                durability,
                "agents:\n  provider: openai\n  models: timed\n  base-url: "
                    + model.url()
                    + "\n")) {
      AgentBenchmark benchmark = new AgentBenchmark(server);
      List<String> ids = benchmark.begin(runs, "Talk");
      try (Worker viewers = benchmark.viewers(ids, Token.MEMBER)) {
        // So that nobody pays for what all need compiled.
        viewers.ask("connect");
        Thread.sleep(WARM_UP_SECONDS * 1000L);
      }
      benchmark.alone(durability, ids, model);
      benchmark.watched(durability, ids, model);
    }
  }

  private List<String> begin(int runs, String task) throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> begun = new ArrayList<>();
      for (int i = 0; i < runs; i++) begun.add(threads.submit(() -> begin(task)));
      List<String> ids = new ArrayList<>();
      for (Future<String> each : begun) ids.add(each.get());
      return ids;
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    }
  }

  private String begin(String task) throws IOException, InterruptedException {
    return requests
        .post("/api/agent/execute", "{\"task\":\"" + task + "\"}")
        .replaceAll("(?s)^.*?\"executionId\":\"([^\"]*)\".*$", "$1");
  }

  private Worker viewers(List<String> ids, String marker) throws IOException {
    return LoadBenchmark.viewers(
        FreshetServer.URL,
        server.token,
        VIEWERS,
        "/api/agent/stream/#",
        SAMPLED,
        marker,
        ids.toArray(String[]::new));
  }

  /** What was done, a second. */
  private record Work(double cpu, double tokens, double events) {}

  private Work work(TimedModel model) throws IOException, InterruptedException {
    double cpu = server.process.probe().cpuSeconds();
    long tokens = model.tokens();
    double events = events();
    Thread.sleep(SECONDS * 1000L);
    return new Work(
        (server.process.probe().cpuSeconds() - cpu) / SECONDS,
        (double) (model.tokens() - tokens) / SECONDS,
        (events() - events) / SECONDS);
  }

  private double events() throws IOException, InterruptedException {
    return metrics.sum("freshet_agents_events_total");
  }

  private void alone(String durability, List<String> ids, TimedModel model)
      throws IOException, InterruptedException {
    Thread.sleep(SETTLING_SECONDS * 1000L);
    Work work = work(model);
    Probe probe = server.process.probe();
    say(
        "| %s | %d | 0 | %,.0f | %,.0f | – | %.2f | – | – | %,d MB | – | – | %d |"
            .formatted(
                durability,
                ids.size(),
                work.tokens,
                work.events,
                work.cpu,
                probe.liveHeapBytes() >> 20,
                probe.threads()));
  }

  private void watched(String durability, List<String> ids, TimedModel model)
      throws IOException, InterruptedException {
    Probe probe = server.process.probe();
    try (Worker viewers = viewers(ids, Token.MEMBER)) {
      // So that what runs gather is not taken for what viewers cost.
      model.silent(true);
      Thread.sleep(SETTLING_SECONDS * 1000L);
      long heap = probe.liveHeapBytes();
      long rss = probe.rssBytes();
      viewers.ask("connect");
      long heapEach = (probe.liveHeapBytes() - heap) / VIEWERS;
      long rssEach = heapEach + (probe.rssBytes() - rss) / VIEWERS;
      model.silent(false);
      Thread.sleep(SETTLING_SECONDS * 1000L);
      viewers.ask("reset");
      Work work = work(model);
      String[] report = viewers.ask("report").split(" ", -1);
      say(
          "| %s | %d | %,d | %,.0f | %,.0f | %,.0f | %.2f | %.0f | %.0f | %,d MB | %,d B | %,d B | %d |"
              .formatted(
                  durability,
                  ids.size(),
                  VIEWERS,
                  work.tokens,
                  work.events,
                  Double.parseDouble(report[0]) / SECONDS,
                  work.cpu,
                  millis(report[3]),
                  millis(report[4]),
                  probe.liveHeapBytes() >> 20,
                  heapEach,
                  rssEach,
                  probe.threads()));
    }
  }

  /** All of a run that the scripted model makes, tools and files too. */
  private static void scripted() throws IOException, InterruptedException {
    say("");
    say(
        "| scripted runs | viewers | all done after | events | server CPU-s | deliveries | event to viewer p50 ms | p99 ms |");
    say("|---|---|---|---|---|---|---|---|");
    try (FreshetServer server = FreshetServer.start("fsync")) {
      AgentBenchmark benchmark = new AgentBenchmark(server);
      // Twice, so that the first pays for what both need compiled.
      for (int i = 0; i < 2; i++) say(benchmark.perform());
    }
  }

  private String perform() throws IOException, InterruptedException {
    double cpu = server.process.probe().cpuSeconds();
    double events = events();
    long begun = System.nanoTime();
    List<String> ids = begin(RUNS, "Make a landing page for Mill Bridge Tea");
    try (Worker viewers = viewers(ids, "timestamp")) {
      viewers.ask("connect");
      while (!requests
          .get("/api/agent/executions?status=running&limit=1")
          .contains("\"executions\":[]")) Thread.sleep(200);
      double seconds = (System.nanoTime() - begun) / 1e9;
      Thread.sleep(500);
      String[] report = viewers.ask("report").split(" ", -1);
      return "| %d | %,d | %.1f s | %,.0f | %.1f | %,d | %.0f | %.0f |"
          .formatted(
              RUNS,
              VIEWERS,
              seconds,
              events() - events,
              server.process.probe().cpuSeconds() - cpu,
              Long.parseLong(report[0]),
              millis(report[3]),
              millis(report[4]));
    }
  }
}

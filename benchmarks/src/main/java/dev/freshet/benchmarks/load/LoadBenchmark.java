package dev.freshet.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The load benchmarks of {@code benchmarks/RESULTS.md}, side by side in one run: server,
 * subscribers and publisher are processes of their own on this machine. Arguments: which of {@code
 * saturated paced reconnect durable slow distinct microscopy tasks agents}; none runs all.
 */
public final class LoadBenchmark {
  /**
   * The heap is touched before anything is measured, so that what a process grows by is what lies
   * outside the heap; RSS per connection is that plus the live heap per connection.
   */
  static final List<String> SERVER_JVM = List.of("-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch");

  private static final List<String> SUBSCRIBER_JVM = List.of("-Xmx1g", "-XX:+UseSerialGC");

  private LoadBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> chosen =
        args.length == 0
            ? List.of(
                "saturated",
                "paced",
                "reconnect",
                "durable",
                "slow",
                "distinct",
                "microscopy",
                "tasks",
                "agents")
            : Arrays.asList(args);
    for (String scenario : chosen) {
      say("\n### " + scenario);
      switch (scenario) {
        case "saturated" -> saturated();
        case "paced" -> paced();
        case "reconnect" -> reconnect();
        case "durable" -> durable();
        case "slow" -> slow();
        case "distinct" -> distinct();
        case "microscopy" -> MicroscopyBenchmark.run();
        case "tasks" -> TaskBenchmark.run();
        case "agents" -> AgentBenchmark.run();
        default -> throw new IllegalArgumentException("unknown scenario " + scenario);
      }
    }
  }

  private static void saturated() throws IOException, InterruptedException {
    say("| connections | deliveries/s | deliveries per server CPU-s | MB/s | p50 ms | p99 ms |");
    say("|---|---|---|---|---|---|");
    for (int connections : new int[] {1000, 10_000}) {
      try (FreshetServer server = FreshetServer.start("os");
          Worker subscribers =
              subscribers(FreshetServer.URL, server.token, connections, "load/shared", 1);
          Worker publisher = publisher(FreshetServer.URL, server.token)) {
        subscribers.ask("connect");
        publisher.ask("run 15 4 100 0 load/shared");
        Load load =
            measure(server.process.probe(), subscribers, publisher, "run 10 4 100 0 load/shared");
        say(
            "| %d | %,.0f | %,.0f | %.0f | %.1f | %.1f |"
                .formatted(
                    connections,
                    load.frames / load.seconds,
                    load.frames / load.cpu,
                    load.bytes / load.seconds / 1e6,
                    load.p50,
                    load.p99));
      }
    }
  }

  private static void paced() throws IOException, InterruptedException {
    say(
        "| server | connections | events/s | deliveries per server CPU-s | p50 ms | p99 ms | heap/conn | RSS/conn |");
    say("|---|---|---|---|---|---|---|---|");
    for (int connections : new int[] {1000, 10_000}) {
      int rate = connections == 1000 ? 20 : 10;
      try (FreshetServer server = FreshetServer.start("os")) {
        paced(
            "freshet", server.process.probe(), FreshetServer.URL, server.token, connections, rate);
      }
      try (Worker bare = Worker.java(SERVER_JVM, BareNetty.class, "18081")) {
        bare.awaitLine("listening");
        paced(
            "bare Netty write", bare.probe(), "http://127.0.0.1:18081", "none", connections, rate);
      }
    }
  }

  private static void paced(
      String name, Probe probe, String url, String token, int connections, int rate)
      throws IOException, InterruptedException {
    try (Worker subscribers = subscribers(url, token, connections, "load/shared", 50);
        Worker publisher = publisher(url, token)) {
      long heap = probe.liveHeapBytes();
      long rss = probe.rssBytes();
      subscribers.ask("connect");
      long heapEach = (probe.liveHeapBytes() - heap) / connections;
      long rssEach = heapEach + (probe.rssBytes() - rss) / connections;
      publisher.ask("run 8 1 1 " + rate + " load/shared");
      Load load = measure(probe, subscribers, publisher, "run 15 1 1 " + rate + " load/shared");
      say(
          "| %s | %d | %d | %,.0f | %.1f | %.1f | %,d B | %,d B |"
              .formatted(
                  name,
                  connections,
                  rate,
                  load.frames / load.cpu,
                  load.p50,
                  load.p99,
                  heapEach,
                  rssEach));
    }
  }

  private static void reconnect() throws IOException, InterruptedException {
    say("| clients | behind | all live after | server CPU | live heap after |");
    say("|---|---|---|---|---|");
    try (FreshetServer server = FreshetServer.start("os");
        Worker subscribers =
            subscribers(FreshetServer.URL, server.token, 10_000, "load/shared", 1);
        Worker publisher = publisher(FreshetServer.URL, server.token)) {
      subscribers.ask("connect");
      publisher.ask("run 3 1 1 200 load/shared");
      Thread.sleep(2000);
      subscribers.ask("drop");
      Thread.sleep(3000);
      double before = server.process.probe().cpuSeconds();
      String answer = subscribers.ask("reconnect 100");
      double cpu = server.process.probe().cpuSeconds() - before;
      say(
          "| 10000 | 100 | %s ms | %.1f s | %,d MB |"
              .formatted(answer, cpu, server.process.probe().liveHeapBytes() >> 20));
    }
  }

  private static void durable() throws IOException, InterruptedException {
    say("| durability | publishers | batch | events/s acknowledged | p50 ms | p99 ms |");
    say("|---|---|---|---|---|---|");
    for (String durability : List.of("fsync", "os")) {
      try (FreshetServer server = FreshetServer.start(durability);
          Worker publisher = publisher(FreshetServer.URL, server.token)) {
        publisher.ask("run 4 32 1 0 load/#1000");
        for (int threads : new int[] {1, 32}) {
          for (int batch : new int[] {1, 100}) {
            String[] result =
                publisher.ask("run 6 " + threads + " " + batch + " 0 load/#1000").split(" ", -1);
            say(
                "| %s | %d | %d | %,.0f | %.2f | %.2f |"
                    .formatted(
                        durability,
                        threads,
                        batch,
                        Long.parseLong(result[0]) / 6.0,
                        millis(result[2]),
                        millis(result[3])));
          }
        }
      }
    }
  }

  private static void slow() throws IOException, InterruptedException {
    say("| readers | stalled | p50 ms | p99 ms | RSS | live heap |");
    say("|---|---|---|---|---|---|");
    try (FreshetServer server = FreshetServer.start("os");
        Worker subscribers = subscribers(FreshetServer.URL, server.token, 1000, "load/shared", 50);
        Worker publisher = publisher(FreshetServer.URL, server.token)) {
      Probe probe = server.process.probe();
      subscribers.ask("connect");
      publisher.ask("run 10 1 1 200 load/shared");
      for (int stalled : new int[] {0, 1}) {
        if (stalled > 0) subscribers.ask("pause " + stalled);
        Load load = measure(probe, subscribers, publisher, "run 60 1 1 200 load/shared");
        say(
            "| 1000 | %d | %.1f | %.1f | %,d MB | %,d MB |"
                .formatted(
                    stalled,
                    load.p50,
                    load.p99,
                    probe.rssBytes() >> 20,
                    probe.liveHeapBytes() >> 20));
      }
    }
  }

  private static void distinct() throws IOException, InterruptedException {
    say("| connections | topics | heap/conn | RSS/conn | server CPU µs per publish |");
    say("|---|---|---|---|---|");
    for (String topic : List.of("load/shared", "load/#")) {
      try (FreshetServer server = FreshetServer.start("os");
          Worker publisher = publisher(FreshetServer.URL, server.token)) {
        int connections = topic.endsWith("#") ? 10_000 : 1;
        try (Worker subscribers =
            subscribers(FreshetServer.URL, server.token, connections, topic, 1)) {
          publisher.ask("run 10 8 100 0 load/#100000");
          Thread.sleep(3000);
          Probe probe = server.process.probe();
          long heap = probe.liveHeapBytes();
          long rss = probe.rssBytes();
          subscribers.ask("connect");
          long heapEach = (probe.liveHeapBytes() - heap) / connections;
          long rssEach = heapEach + (probe.rssBytes() - rss) / connections;
          String published = topic.endsWith("#") ? "load/#10000" : "load/shared";
          publisher.ask("run 8 4 1 2000 " + published);
          double before = probe.cpuSeconds();
          long events =
              Long.parseLong(publisher.ask("run 15 4 1 2000 " + published).split(" ", -1)[0]);
          double each = (probe.cpuSeconds() - before) / events * 1e6;
          String memory = connections == 1 ? "– | –" : "%,d B | %,d B".formatted(heapEach, rssEach);
          say("| %d | %s | %s | %.0f |".formatted(connections, topic, memory, each));
        }
      }
    }
  }

  /** What a load did. */
  record Load(double seconds, double cpu, long frames, long bytes, double p50, double p99) {}

  static Load measure(Probe server, Worker subscribers, Worker publisher, String run)
      throws IOException, InterruptedException {
    subscribers.ask("reset");
    double cpu = server.cpuSeconds();
    long begun = System.nanoTime();
    publisher.ask(run);
    Thread.sleep(500);
    double used = server.cpuSeconds() - cpu;
    double seconds = (System.nanoTime() - begun) / 1e9;
    String[] report = subscribers.ask("report").split(" ", -1);
    return new Load(
        seconds,
        used,
        Long.parseLong(report[0]),
        Long.parseLong(report[1]),
        millis(report[3]),
        millis(report[4]));
  }

  private static Worker subscribers(String url, String token, int count, String topic, int sampled)
      throws IOException {
    return viewers(url, token, count, "/v1/stream?topic=" + topic, sampled, "sentMicros");
  }

  static Worker viewers(
      String url, String token, int count, String path, int sampled, String marker, String... names)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(url, token, Integer.toString(count), path, Integer.toString(sampled), marker));
    if (names.length > 0) arguments.add(String.join(",", names));
    return Worker.java(SUBSCRIBER_JVM, Subscribers.class, arguments.toArray(String[]::new));
  }

  private static Worker publisher(String url, String token) throws IOException {
    return Worker.java(List.of("-Xmx512m", "-XX:+UseSerialGC"), Publisher.class, url, token);
  }

  static double millis(String micros) {
    return Long.parseLong(micros) / 1000.0;
  }

  static void say(String line) {
    System.out.println(line);
  }
}

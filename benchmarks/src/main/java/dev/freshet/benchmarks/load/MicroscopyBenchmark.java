package dev.freshet.benchmarks.load;

import static dev.freshet.benchmarks.load.LoadBenchmark.measure;
import static dev.freshet.benchmarks.load.LoadBenchmark.millis;
import static dev.freshet.benchmarks.load.LoadBenchmark.say;

import dev.freshet.benchmarks.load.LoadBenchmark.Load;
import java.io.IOException;
import java.util.List;

/**
 * Micrographs reported while a thousand operators watch; and a large acquisition beside a small.
 */
final class MicroscopyBenchmark {
  private static final int VIEWERS = 1000;
  private static final int LARGE = 100_000;

  private MicroscopyBenchmark() {}

  static void run() throws IOException, InterruptedException {
    ingest();
    watch();
  }

  private static void ingest() throws IOException, InterruptedException {
    say("| durability | reporters | micrographs/s acknowledged | p50 ms | p99 ms |");
    say("|---|---|---|---|---|");
    for (String durability : List.of("fsync", "os")) {
      try (FreshetServer server = FreshetServer.start(durability);
          Worker microscope = microscope(server)) {
        microscope.ask("begin a");
        microscope.ask("add a 5 16 0");
        for (int reporters : new int[] {1, 4, 16}) {
          String[] result = microscope.ask("add a 8 " + reporters + " 0").split(" ", -1);
          say(
              "| %s | %d | %,.0f | %.2f | %.2f |"
                  .formatted(
                      durability,
                      reporters,
                      Long.parseLong(result[0]) / 8.0,
                      millis(result[2]),
                      millis(result[3])));
        }
      }
    }
  }

  private static void watch() throws IOException, InterruptedException {
    say("");
    say(
        "| micrographs | 1,000 viewers live after | bytes each until live | while ingesting 25/s: p50 ms | p99 ms | deliveries per server CPU-s |");
    say("|---|---|---|---|---|---|");
    try (FreshetServer server = FreshetServer.start("os");
        Worker microscope = microscope(server)) {
      microscope.ask("begin small");
      microscope.ask("begin large");
      microscope.ask("fill large " + LARGE + " 16");
      // Twice, so that the first does not pay for what both need compiled.
      for (String acquisition : List.of("small", "large", "small", "large")) {
        watch(server, microscope, acquisition);
      }
    }
  }

  private static void watch(FreshetServer server, Worker microscope, String acquisition)
      throws IOException, InterruptedException {
    String path = "/frontend/events/stream?acquisition_uuid=" + acquisition;
    try (Worker viewers =
        LoadBenchmark.viewers(
            FreshetServer.URL, server.token, VIEWERS, path, 50, "number_of_particles_picked")) {
      viewers.ask("reset");
      String live = viewers.ask("connect").split(" ", -1)[2];
      long bytes = Long.parseLong(viewers.ask("report").split(" ", -1)[1]) / VIEWERS;
      microscope.ask("measure " + acquisition + " 3 1 25");
      Load load =
          measure(
              server.process.probe(), viewers, microscope, "measure " + acquisition + " 10 2 25");
      say(
          "| %,d | %s ms | %,d | %.1f | %.1f | %,.0f |"
              .formatted(
                  acquisition.equals("large") ? LARGE : 1,
                  live,
                  bytes,
                  load.p50(),
                  load.p99(),
                  load.frames() / load.cpu()));
    }
  }

  private static Worker microscope(FreshetServer server) throws IOException {
    return Worker.java(
        List.of("-Xmx512m", "-XX:+UseSerialGC"), Microscope.class, FreshetServer.URL, server.token);
  }
}

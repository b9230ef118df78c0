package dev.freshet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.client.TokenSource;
import dev.freshet.simulator.RecordingServer.Received;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static Simulation.Settings settings(Duration duration) {
    return Simulation.Settings.of(4, 60).duration(duration).away(Duration.ofSeconds(75));
  }

  private static Simulation simulation(RecordingServer server, Duration duration) {
    Instrument m12 = new Instrument("m12", TokenSource.of("agent-m12"));
    return new Simulation(server.uri(), m12, settings(duration), new LeapingPace());
  }

  private static List<String> acquisitions(RecordingServer server) {
    return server.accepted().stream()
        .filter(r -> r.path().startsWith("/acquisitions") && !r.path().endsWith("/grids"))
        .map(Received::body)
        .map(SimulationTest::status)
        .toList();
  }

  private static String status(String body) {
    return body.replaceAll(".*\"status\":\"([a-z]+)\".*", "$1");
  }

  @Test
  void run_forADuration_plansAheadAndAbandonsTheLast() throws IOException {
    try (RecordingServer server = new RecordingServer(r -> 0)) {
      simulation(server, Duration.ofMinutes(12)).run();
      List<String> statuses = acquisitions(server);
      assertThat(statuses).startsWith("planned", "started").endsWith("abandoned");
      assertThat(statuses).filteredOn("planned"::equals).hasSizeGreaterThan(2);
      long planned = statuses.stream().filter("planned"::equals).count();
      long over = statuses.stream().filter(s -> s.matches("completed|abandoned")).count();
      assertThat(planned - over).isBetween(0L, 1L);
      assertThat(statuses).contains("paused", "completed");
      assertThat(statuses.subList(0, statuses.indexOf("completed")))
          .containsSubsequence("planned", "planned");
    }
  }

  @Test
  void run_interrupted_abandonsTheSession() throws Exception {
    Thread runner = Thread.currentThread();
    try (RecordingServer server =
        new RecordingServer(r -> {
          if (r.path().endsWith("/micrographs")) runner.interrupt();
          return 0;
        })) {
      simulation(server, Simulation.FOREVER).run();
      assertThat(acquisitions(server)).startsWith("planned", "started").endsWith("abandoned");
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void run_startedAgain_goesOnWithTheNextSession() throws IOException {
    try (RecordingServer server = new RecordingServer(r -> 0)) {
      simulation(server, Duration.ofMinutes(1)).run();
      simulation(server, Duration.ofMinutes(1)).run();
      List<String> planned =
          server.accepted().stream()
              .filter(r -> r.path().equals("/acquisitions"))
              .map(Received::body)
              .toList();
      assertThat(planned).hasSize(2).doesNotHaveDuplicates();
    }
  }

  @Test
  void seed_ofAnotherInstrument_givesOtherSessions() throws IOException {
    try (RecordingServer server = new RecordingServer(r -> 0)) {
      simulation(server, Duration.ofMinutes(1)).run();
      Instrument m13 = new Instrument("m13", TokenSource.of("t"));
      new Simulation(server.uri(), m13, settings(Duration.ofMinutes(1)), new LeapingPace()).run();
      assertThat(acquisitions(server)).filteredOn("planned"::equals).hasSize(2);
    }
  }
}

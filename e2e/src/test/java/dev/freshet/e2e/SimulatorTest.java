package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.FreshetClient;
import dev.freshet.client.StateTopic;
import dev.freshet.client.StateValue;
import dev.freshet.client.TokenSource;
import dev.freshet.microscopy.Microscopy;
import dev.freshet.simulator.Instrument;
import dev.freshet.simulator.MicroscopySession;
import dev.freshet.simulator.Report;
import dev.freshet.simulator.Simulation;
import dev.freshet.simulator.Subject;
import dev.freshet.testkit.TestServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A simulated microscope against the real server. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class SimulatorTest {
  private static final List<String> MINE = List.of("instruments/m12/**");

  private final TestServer server = TestServer.durable(Map.of(), new Microscopy());
  private final URI url = URI.create(server.url());
  private final Instrument instrument =
      new Instrument("m12", TokenSource.of(server.token("facility", "agent", MINE, MINE)));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void session_reportedThroughARestart_isCountedExactly_L3() throws Exception {
    Simulation simulation = ofOneGrid();
    MicroscopySession session = simulation.session(0);
    Thread thread = Thread.startVirtualThread(simulation::run);
    try (FreshetClient operator = FreshetClient.to(url).tokens(instrument.tokens()).build()) {
      StateTopic progress =
          operator.state("instruments/m12/acquisitions/" + session.uuid() + "/progress");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> member(progress, "micrograph_count").asInt(0) > 20);
      server.restart();
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> member(progress, "status").asString("").equals("completed"));
      assertThat(member(progress, "gridsquare_count").intValue())
          .isEqualTo(created(session, Subject.GRID_SQUARE));
      assertThat(member(progress, "foilhole_count").intValue())
          .isEqualTo(created(session, Subject.FOIL_HOLE));
      assertThat(member(progress, "micrograph_count").intValue())
          .isEqualTo(created(session, Subject.MICROGRAPH));
    } finally {
      thread.interrupt();
      thread.join();
    }
  }

  private Simulation ofOneGrid() {
    return LongStream.range(0, 100)
        .mapToObj(seed -> new Simulation(url, instrument, Simulation.Settings.of(seed, 1000)))
        .filter(simulation -> simulation.session(0).grids() == 1)
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode member(StateTopic progress, String name) throws InterruptedException {
    return progress
        .get()
        .map(StateValue::value)
        .map(v -> v.path(name))
        .orElseGet(SimulatorTest::none);
  }

  private static JsonNode none() {
    return MissingNode.getInstance();
  }

  private static int created(MicroscopySession session, Subject subject) {
    return session.reports().stream()
        .filter(r -> r.subject() == subject && r.method().equals("POST") && r.body() != null)
        .mapToInt(SimulatorTest::entities)
        .sum();
  }

  private static int entities(Report report) {
    JsonNode body = report.body();
    if (body.has("gridsquares")) return body.path("gridsquares").size();
    return body.isArray() ? body.size() : 1;
  }
}

package dev.freshet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.client.Backoff;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.ProblemException;
import dev.freshet.client.TokenSource;
import dev.freshet.simulator.RecordingServer.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReporterTest {
  private final LeapingPace pace = new LeapingPace();
  private final Timeline timeline = new Timeline(pace.now(), 1);

  /** One of a single grid. */
  private final MicroscopySession session =
      LongStream.range(0, 100)
          .mapToObj(seed -> MicroscopySession.of(seed, "m12", timeline))
          .filter(s -> s.grids() == 1)
          .findFirst()
          .orElseThrow();

  private boolean report(RecordingServer server, Instant until) throws InterruptedException {
    try (FreshetClient client =
        FreshetClient.to(server.uri())
            .tokens(TokenSource.of("agent-m12"))
            .backoff(Backoff.of(Duration.ofMillis(1), Duration.ofMillis(4)))
            .patience(Duration.ofMillis(50))
            .build()) {
      PatientSender sender = new PatientSender("m12", client, pace, until);
      try (Agent agent = new Agent("m12", client, sender, pace, 1)) {
        return new Reporter("m12", sender, agent, Duration.ofMinutes(7)).report(session);
      }
    }
  }

  private RecordingServer reported(ToIntFunction<Received> statuses) throws Exception {
    RecordingServer server = new RecordingServer(statuses);
    try (server) {
      assertThat(report(server, Instant.MAX)).isTrue();
    }
    return server;
  }

  @Test
  void session_reported_arrivesInOrderAndOnTime() throws Exception {
    RecordingServer server = reported(r -> 0);
    assertThat(server.accepted()).extracting(Received::path).isEqualTo(paths(session.reports()));
    assertThat(server.accepted()).extracting(Received::token).containsOnly("Bearer agent-m12");
    assertThat(pace.now()).isEqualTo(timeline.at(session.duration()));
  }

  private static List<String> paths(List<Report> reports) {
    return reports.stream().map(Report::path).toList();
  }

  @Test
  void answers_lostAndRefusedNowAndThen_doubleNothing() throws Exception {
    AtomicInteger n = new AtomicInteger();
    RecordingServer server =
        reported(r ->
            switch (n.incrementAndGet() % 50) {
              case 20 -> RecordingServer.ANSWER_LOST;
              case 40 -> 503;
              default -> 0;
            });
    assertThat(posts(server.accepted())).isEqualTo(posts(reported(r -> 0).accepted()));
  }

  /** But for registrations and links, which may be told twice. */
  private static List<Received> posts(List<Received> received) {
    return received.stream()
        .filter(r -> r.method().equals("POST") && !r.path().contains("registered"))
        .filter(r -> !r.path().contains("/completed") && !r.path().startsWith("/atlas-tiles"))
        .toList();
  }

  @Test
  void session_startedAgain_changesNothingThatIsKnown() throws Exception {
    try (RecordingServer server = new RecordingServer(r -> 0)) {
      assertThat(report(server, Instant.MAX)).isTrue();
      int known = posts(server.accepted()).size();
      assertThat(report(server, Instant.MAX)).isTrue();
      assertThat(posts(server.accepted())).hasSize(known);
    }
  }

  @Test
  void routes_missing_doNotStopTheSession() throws Exception {
    RecordingServer server = reported(r -> r.path().endsWith("/completed") ? 404 : 0);
    Set<String> left = new HashSet<>(paths(session.reports()));
    server.accepted().forEach(r -> left.remove(r.path()));
    assertThat(left).isNotEmpty().allMatch(path -> path.endsWith("/completed"));
  }

  @Test
  void token_refused_stops_A2() throws Exception {
    try (RecordingServer server = new RecordingServer(r -> 403)) {
      assertThatThrownBy(() -> report(server, Instant.MAX)).isInstanceOf(ProblemException.class);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void server_awayUntilTheTimeIsUp_endsTheReporting_R1() throws Exception {
    try (RecordingServer server = new RecordingServer(r -> 503)) {
      Instant before = pace.now();
      assertThat(report(server, before.plusSeconds(5))).isFalse();
      assertThat(pace.now()).isBetween(before.plusSeconds(5), before.plusSeconds(7));
    }
  }

  @Test
  void time_up_endsTheReporting() throws Exception {
    try (RecordingServer server = new RecordingServer(r -> 0)) {
      assertThat(report(server, pace.now().plus(Duration.ofMinutes(20)))).isFalse();
      assertThat(server.accepted()).isNotEmpty().hasSizeLessThan(session.reports().size() / 2);
    }
  }
}

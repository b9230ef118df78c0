package dev.freshet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MicroscopySessionTest {
  private static final Timeline TIMELINE = new Timeline(Instant.parse("2026-01-05T08:00:00Z"), 1);

  private static final List<MicroscopySession> MANY =
      IntStream.range(0, 40).mapToObj(MicroscopySessionTest::session).toList();

  private static MicroscopySession session(long seed) {
    return MicroscopySession.of(seed, "m12", TIMELINE);
  }

  private static Stream<Report> of(Stream<MicroscopySession> sessions, Subject subject) {
    return sessions.flatMap(s -> s.reports().stream()).filter(r -> r.subject() == subject);
  }

  private static Stream<MicroscopySession> many() {
    return MANY.stream();
  }

  @Test
  void session_ofTheSameSeed_isTheSame() {
    assertThat(session(7).reports()).isEqualTo(session(7).reports());
    assertThat(session(7).uuid()).isNotEqualTo(session(8).uuid());
  }

  @Test
  void timeline_faster_changesTimestampsOnly() {
    MicroscopySession slow = session(7);
    MicroscopySession fast =
        MicroscopySession.of(7, "m12", new Timeline(Instant.parse("2026-02-01T00:00:00Z"), 600));
    assertThat(fast.reports())
        .extracting(Report::at)
        .isEqualTo(slow.reports().stream().map(Report::at).toList());
    assertThat(fast.reports())
        .extracting(Report::path)
        .isEqualTo(slow.reports().stream().map(Report::path).toList());
  }

  @Test
  void reports_inOrder_nameOnlyWhatWasReportedBefore() {
    Set<String> known = new HashSet<>();
    for (Report report : session(3).reports()) {
      String[] path = report.path().split("[/?]", -1);
      if (path.length > 2) assertThat(known).as(report.path()).contains(path[2]);
      known.addAll(created(report));
    }
  }

  private static List<String> created(Report report) {
    if (!report.method().equals("POST") || report.body() == null) return List.of();
    JsonNode body = report.body();
    JsonNode list = body.has("gridsquares") ? body.get("gridsquares") : body;
    List<String> uuids = new ArrayList<>();
    if (list.isArray()) list.forEach(e -> e.path("uuid").asStringOpt().ifPresent(uuids::add));
    else if (body.has("uuid")) uuids.add(body.path("uuid").asString());
    return uuids;
  }

  @Test
  void uuids_ofASession_areAllDifferent() {
    List<String> uuids = session(5).reports().stream().flatMap(r -> created(r).stream()).toList();
    assertThat(uuids).doesNotHaveDuplicates().hasSizeGreaterThan(400);
  }

  @Test
  void hour_ofBeamTime_isAGridOf40SquaresAnd150Holes() {
    double hours = many().mapToDouble(s -> s.duration().toSeconds() / 3600.0).sum();
    double grids = many().mapToInt(MicroscopySession::grids).sum();
    assertThat(grids / hours).isBetween(0.85, 1.1);
    assertThat(entities(Subject.GRID_SQUARE, "gridsquares") / grids).isBetween(38.0, 42.0);
    assertThat(entities(Subject.FOIL_HOLE, "") / hours).isBetween(135.0, 165.0);
  }

  private static double entities(Subject subject, String member) {
    return of(many(), subject)
        .filter(r -> r.method().equals("POST") && r.body() != null)
        .map(r -> member.isEmpty() ? r.body() : r.body().path(member))
        .mapToInt(JsonNode::size)
        .sum();
  }

  @Test
  void hole_collected_hasOneToFourMicrographs() {
    var perHole =
        of(many(), Subject.MICROGRAPH)
            .collect(Collectors.groupingBy(Report::path, Collectors.counting()));
    assertThat(perHole.values()).allMatch(n -> n >= 1 && n <= 4).contains(1L, 2L, 3L, 4L);
  }

  @Test
  void motion_ofManyMicrographs_isPlausible() {
    double[] total = values(Subject.MOTION_CORRECTION, "total_motion");
    assertThat(median(total)).isBetween(12.0, 16.0);
    assertThat(quantile(total, 0.01)).isGreaterThan(2.0);
    assertThat(quantile(total, 0.99)).isLessThan(60.0);
    assertThat(median(values(Subject.MOTION_CORRECTION, "average_motion"))).isBetween(0.25, 0.5);
  }

  @Test
  void resolution_ofManyMicrographs_isMostlyGoodWithATail() {
    double[] resolution = values(Subject.CTF_ESTIMATION, "ctf_max_res");
    assertThat(median(resolution)).isBetween(3.0, 4.0);
    assertThat(resolution[0]).isGreaterThan(2.6);
    assertThat(quantile(resolution, 0.9)).isLessThan(5.0);
    assertThat(quantile(resolution, 0.99)).isGreaterThan(6.0);
  }

  private static double[] values(Subject subject, String field) {
    return of(many(), subject)
        .mapToDouble(r -> r.body().path(field).doubleValue())
        .sorted()
        .toArray();
  }

  private static double median(double[] sorted) {
    return quantile(sorted, 0.5);
  }

  private static double quantile(double[] sorted, double q) {
    return sorted[(int) (q * (sorted.length - 1))];
  }

  @Test
  void results_ofAMicrograph_followItInTurn() {
    List<Report> reports = session(9).reports();
    List<Report> taken = reports.stream().filter(r -> r.subject() == Subject.MICROGRAPH).toList();
    for (Report micrograph : taken) {
      String uuid = micrograph.body().path("uuid").asString();
      List<Report> results = reports.stream().filter(r -> r.path().contains(uuid)).toList();
      assertThat(results)
          .extracting(Report::subject)
          .containsExactly(Subject.MOTION_CORRECTION, Subject.CTF_ESTIMATION, Subject.PARTICLES);
      assertThat(results.getFirst().at()).isGreaterThan(micrograph.at());
    }
  }

  @Test
  void statuses_ofASession_goFromPlannedToCompleted() {
    List<Report> own =
        session(2).reports().stream().filter(r -> r.subject() == Subject.ACQUISITION).toList();
    assertThat(own.getFirst().body().path("status").asString()).isEqualTo("planned");
    assertThat(own.get(1).body().path("status").asString()).isEqualTo("started");
    assertThat(own.getLast().body().path("status").asString()).isEqualTo("completed");
    assertThat(own.getLast().at()).isEqualTo(session(2).duration());
    assertThat(own.getFirst().at()).isEqualTo(Duration.ZERO);
  }
}

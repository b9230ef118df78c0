package dev.freshet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.simulator.LogLine.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CourseTest {
  private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
  private static final Timeline DEMO = new Timeline(START, 60);

  private static MicroscopySession session(Course course) {
    return MicroscopySession.of(3, "m12", DEMO, course);
  }

  private static List<String> statuses(MicroscopySession session) {
    return session.reports().stream()
        .filter(r -> r.subject() == Subject.ACQUISITION)
        .map(r -> r.body().path("status").asString())
        .toList();
  }

  private static <T> Stream<T> of(MicroscopySession session, Class<T> kind) {
    return session.steps().stream().filter(kind::isInstance).map(kind::cast);
  }

  @Test
  void courses_ofThreeNeighbours_areAllSeenInTwoSessions() {
    Set<Course> seen = EnumSet.noneOf(Course.class);
    for (String name : List.of("m12", "m13", "m14")) {
      seen.add(Course.of(name, 0));
      seen.add(Course.of(name, 1));
    }
    assertThat(seen).containsExactlyInAnyOrder(Course.values());
    assertThat(Course.of("m12", 0)).isNotEqualTo(Course.of("m13", 0));
  }

  @Test
  void paused_goesOn() {
    assertThat(statuses(session(Course.PAUSED)))
        .startsWith("planned", "started", "paused", "started")
        .endsWith("completed");
  }

  @Test
  void abandoned_endsEarly_butItsResultsStillCome() {
    MicroscopySession session = session(Course.ABANDONED);
    assertThat(statuses(session)).containsExactly("planned", "started", "abandoned");
    assertThat(session.duration()).isLessThan(session(Course.PLAIN).duration().dividedBy(2));
    Duration end =
        session.reports().stream()
            .filter(r -> r.subject() == Subject.ACQUISITION)
            .toList()
            .getLast()
            .at();
    assertThat(session.reports())
        .filteredOn(r -> r.at().compareTo(end) > 0)
        .isNotEmpty()
        .allMatch(r -> r.path().startsWith("/micrographs/"));
    assertThat(session.steps().getLast()).isInstanceOf(Order.class);
    assertThat(of(session, Step.Leave.class)).hasSize(1);
  }

  @Test
  void silent_isSilentOnce_andIsGivenAnInstructionThatExpires() {
    MicroscopySession session = session(Course.SILENT);
    Step.Absence absence = of(session, Step.Absence.class).toList().getFirst();
    assertThat(of(session, Step.Absence.class)).hasSize(1);
    assertThat(of(session, Order.class))
        .filteredOn(order -> order.expiry() != null)
        .singleElement()
        .satisfies(order -> assertThat(order.at()).isEqualTo(absence.at()));
    assertThat(of(session(Course.PLAIN), Step.Absence.class)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void session_ofTheSameSeedAndCourse_isTheSame(Course course) {
    assertThat(session(course).steps()).isEqualTo(session(course).steps());
  }

  @Test
  void states_ofAllThree_areSeenWithinMinutesAtTheDemosSpeed() {
    for (String name : List.of("m12", "m13", "m14")) {
      MicroscopySession first = MicroscopySession.of(1, name, DEMO, Course.of(name, 0));
      List<Step> events =
          first.steps().stream()
              .filter(s -> s instanceof Step.Absence || s instanceof Step.Leave || isPause(s))
              .toList();
      assertThat(events).as(name).isNotEmpty();
      assertThat(DEMO.at(events.getFirst().at())).isBefore(START.plusSeconds(120));
    }
  }

  private static boolean isPause(Step step) {
    return step instanceof Report report
        && report.subject() == Subject.ACQUISITION
        && report.body().path("status").asString().equals("paused");
  }

  @Test
  void log_ofManySessions_hasAllLevels_andLinesOfSeveralLines() {
    List<LogLine> lines = new ArrayList<>();
    for (Course course : Course.values()) {
      IntStream.range(0, 6)
          .mapToObj(seed -> MicroscopySession.of(seed, "m12", DEMO, course))
          .forEach(s -> of(s, LogLine.class).forEach(lines::add));
    }
    assertThat(lines).extracting(LogLine::level).contains(Level.values());
    assertThat(lines).anyMatch(line -> line.message().contains("\nTraceback"));
    assertThat(lines).noneMatch(line -> line.message().contains("%"));
  }

  @Test
  void log_faster_keepsWarnings_butFewerRoutineLines() {
    List<LogLine> slow = lines(1);
    List<LogLine> fast = lines(600);
    assertThat(routine(fast)).isLessThan(routine(slow) / 4);
    assertThat(fast.stream().filter(l -> !l.routine()))
        .hasSameSizeAs(slow.stream().filter(l -> !l.routine()).toList());
    double seconds =
        Duration.between(fast.getFirst().time(), fast.getLast().time()).toMillis() / 1e3;
    assertThat(routine(fast) / seconds).isLessThan(3);
  }

  private static List<LogLine> lines(double speed) {
    MicroscopySession session =
        MicroscopySession.of(5, "m12", new Timeline(START, speed), Course.PLAIN);
    return of(session, LogLine.class).toList();
  }

  private static long routine(List<LogLine> lines) {
    return lines.stream().filter(LogLine::routine).count();
  }

  @Test
  void announcement_comesHalfWay() {
    MicroscopySession session = session(Course.PLAIN);
    Report planned = MicroscopySession.of(4, "m12", DEMO).reports().getFirst();
    List<Report> reports = session.announcing(planned).reports();
    assertThat(reports).hasSize(session.reports().size() + 1);
    assertThat(reports).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    assertThat(reports).contains(planned.at(session.duration().dividedBy(2)));
  }
}

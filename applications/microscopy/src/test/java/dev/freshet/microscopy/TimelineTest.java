package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Filter;
import dev.freshet.event.Topic;
import dev.freshet.log.Recorded;
import dev.freshet.log.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TimelineTest {
  private static final Instant START = Instant.parse("2026-01-05T10:00:30Z");
  private static final String TOPIC = "instruments/m12/acquisitions/a/timeline";

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final Api api = Api.open(now::get);

  private int grids;

  @BeforeEach
  void begin() {
    SessionData.acquisition(api, "a", "m12");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void grid() {
    SessionData.grid(api, "a", "g" + grids++, 0, 0, 0);
  }

  private void advance(Duration duration) {
    now.updateAndGet(before -> before.plus(duration));
  }

  private void advanceMinutes(int minutes) {
    advance(Duration.ofMinutes(minutes));
  }

  private List<String> answered() {
    return points(api.get("/acquisitions/a/timeline").body());
  }

  private List<String> kept() {
    return points(api.tenant().log().state(Topic.of(TOPIC)).orElseThrow().value().node());
  }

  /** Time without date, and the count of grids. */
  private static List<String> points(JsonNode timeline) {
    return timeline
        .path("points")
        .valueStream()
        .map(p -> p.path("time").asString().substring(11, 19) + " " + p.path("grid_count"))
        .toList();
  }

  private List<Recorded> events() {
    return api.tenant().log().read(Filter.of(TOPIC), 0, Long.MAX_VALUE, 10_000).events();
  }

  @Test
  void timeline_ofANewAcquisition_isItsBeginning() {
    assertThat(api.get("/acquisitions/a/timeline"))
        .hasToString(
            "200 {\"acquisition_uuid\":\"a\",\"interval_minutes\":1,\"points\":["
                + "{\"time\":\"2026-01-05T10:00:30.000Z\",\"grid_count\":0,\"gridsquare_count\":0,"
                + "\"foilhole_count\":0,\"micrograph_count\":0,\"status\":\"started\"}]}");
  }

  @Test
  @DisplayName("§8.4: a change that crosses a minute boundary adds a point, others none")
  void change_acrossAMinute_addsAPoint() {
    grid();
    advance(Duration.ofSeconds(29));
    grid();
    assertThat(kept()).containsExactly("10:00:30 0");
    advance(Duration.ofSeconds(1));
    grid();
    grid();
    advanceMinutes(5);
    grid();
    assertThat(kept()).containsExactly("10:00:30 0", "10:01:00 3", "10:06:00 5");
  }

  @Test
  void answer_endsWithTheProgressAsItIs() {
    grid();
    advance(Duration.ofSeconds(10));
    grid();
    assertThat(answered()).containsExactly("10:00:30 0", "10:00:40 2");
    advanceMinutes(1);
    grid();
    assertThat(answered()).as("not twice").isEqualTo(kept());
  }

  @Test
  void change_ofTheStatus_addsAPoint() {
    advance(Duration.ofSeconds(1));
    api.put("/acquisitions/a", "{'status':'paused'}");
    api.put("/acquisitions/a", "{'status':'paused','name':'n'}");
    advanceMinutes(1);
    api.put("/acquisitions/a", "{'name':'other'}");
    assertThat(kept()).containsExactly("10:00:30 0", "10:00:31 0");
    assertThat(api.get("/acquisitions/a/timeline").body().at("/points/1/status").asString())
        .isEqualTo("paused");
  }

  @Test
  void deletion_addsAPointToo() {
    grid();
    advanceMinutes(1);
    api.delete("/grids/g0");
    advanceMinutes(1);
    api.delete("/grids/g0");
    assertThat(kept()).containsExactly("10:00:30 0", "10:01:30 0");
  }

  @Test
  @DisplayName("S3: a point is a small patch")
  void point_isASmallPatch() {
    for (int i = 0; i < 20; i++) {
      advanceMinutes(1);
      grid();
    }
    Recorded last = events().getLast();
    assertThat(events()).hasSize(21);
    assertThat(last.revision().form()).isEqualTo(Revision.Form.PATCH);
    assertThat(last.event().data())
        .hasToString(
            "[{\"op\":\"add\",\"path\":\"/points/20\",\"value\":{\"time\":\"2026-01-05T10:20:30.000Z\","
                + "\"grid_count\":20,\"gridsquare_count\":0,\"foilhole_count\":0,\"micrograph_count\":0,"
                + "\"status\":\"started\"}}]");
  }

  @Test
  @DisplayName("S1: a point is in the append of the change that it shows")
  void point_isInTheSameAppend() {
    advanceMinutes(1);
    grid();
    long progress =
        api.tenant()
            .log()
            .state(Topic.of("instruments/m12/acquisitions/a/progress"))
            .orElseThrow()
            .offset();
    assertThat(events().getLast().offset()).isEqualTo(progress + 1);
  }

  private static AcquisitionProgress progress(long grids, String status) {
    return new AcquisitionProgress("a", grids, 0, 0, 0, status);
  }

  @Test
  @DisplayName("R1: a full timeline drops every second point, and doubles its interval")
  void timeline_full_isThinnedOut() {
    Timeline timeline = Timeline.begin(progress(0, "started"), START);
    for (int minute = 1; minute < 3000; minute++) {
      timeline =
          timeline.after(progress(minute, "started"), START.plus(Duration.ofMinutes(minute)));
      assertThat(timeline.points()).hasSizeLessThanOrEqualTo(Timeline.MAX_POINTS);
    }
    assertThat(timeline.intervalMinutes()).isEqualTo(8);
    assertThat(timeline.points()).hasSizeBetween(360, 720);
    assertThat(timeline.points())
        .extracting(Timeline.Point::gridCount)
        .startsWith(0L, 8L, 16L, 24L)
        .isSorted();
    assertThat(timeline.until(progress(9999, "started"), START.plus(Duration.ofDays(9))).points())
        .hasSizeLessThanOrEqualTo(Timeline.MAX_POINTS)
        .last()
        .extracting(Timeline.Point::gridCount)
        .isEqualTo(9999L);
  }

  @Test
  void timeline_ofAStatusThatChangesOftenAndOfLongPauses_staysBoundedAndFine() {
    Timeline flapping = Timeline.begin(progress(0, "started"), START);
    for (int i = 1; i < 5000; i++) {
      flapping =
          flapping.after(progress(0, i % 2 == 0 ? "started" : "paused"), START.plusMillis(i));
    }
    assertThat(flapping.points()).hasSizeLessThanOrEqualTo(Timeline.MAX_POINTS);
    Timeline sparse = Timeline.begin(progress(0, "started"), START);
    for (int i = 1; i < 1000; i++) {
      sparse = sparse.after(progress(i, "started"), START.plus(Duration.ofHours(i)));
    }
    assertThat(sparse.points()).hasSizeBetween(360, 720);
  }

  @Test
  void timeline_goesWithTheAcquisition() {
    advanceMinutes(1);
    grid();
    List<String> before = kept();
    assertThat(api.put("/acquisitions/a", "{'instrument_id':'m99'}").status()).isEqualTo(200);
    assertThat(answered()).isEqualTo(before);
    advanceMinutes(1);
    grid();
    assertThat(answered()).hasSize(3);
    assertThat(SessionData.topics(api)).doesNotContain(TOPIC);
    api.delete("/acquisitions/a");
    assertThat(SessionData.topics(api)).isEmpty();
    assertThat(api.get("/acquisitions/a/timeline").status()).isEqualTo(404);
  }
}

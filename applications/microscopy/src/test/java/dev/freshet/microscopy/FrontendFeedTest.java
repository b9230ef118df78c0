package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.application.Feed.Selection;
import dev.freshet.application.ProblemException;
import dev.freshet.event.Topic;
import dev.freshet.log.StateCut;
import dev.freshet.view.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrontendFeedTest {
  private final Api api = Api.open();

  @BeforeEach
  void begin() {
    SessionData.acquisition(api, "a", "m12");
    SessionData.acquisition(api, "b", "m99");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Selection select(String query) {
    return api.select("/frontend/events/stream?" + query).orElseThrow();
  }

  private static List<String> shown(Stream<Frame> frames) {
    return frames.filter(Objects::nonNull).map(frame -> frame.type() + " " + frame.data()).toList();
  }

  private List<String> snapshot(Selection selection) {
    List<Frame> frames = new ArrayList<>();
    try (StateCut cut = api.tenant().log().states(selection.filter().patterns())) {
      cut.forEachRemaining(state -> frames.add(selection.representation().state(state)));
    }
    return shown(frames.stream());
  }

  private List<String> after(long offset, Selection selection) {
    return shown(
        api.tenant().log().read(selection.filter(), offset, Long.MAX_VALUE, 100).events().stream()
            .map(selection.representation()::event));
  }

  private static String progress(String acquisition, int grids, String status) {
    return ("acquisition.progress {\"acquisition_uuid\":\"%s\",\"grid_count\":%d,\"gridsquare_count\":0,"
            + "\"foilhole_count\":0,\"micrograph_count\":0,\"status\":\"%s\"}")
        .formatted(acquisition, grids, status);
  }

  @Test
  void snapshot_all_isTheProgressOfEachAcquisition() {
    assertThat(snapshot(select("")))
        .containsExactly(progress("a", 0, "started"), progress("b", 0, "started"));
  }

  @Test
  void snapshot_oneAcquisition_isOnlyItsProgress() {
    assertThat(snapshot(select("acquisition_uuid=b"))).containsExactly(progress("b", 0, "started"));
    assertThat(snapshot(select("acquisition_uuid=none"))).isEmpty();
  }

  @Test
  void live_changes_areWholeBarePayloads() {
    long offset = api.tenant().log().head().offset();
    SessionData.grid(api, "a", "g", 0, 0, 0);
    api.put("/acquisitions/b", "{'status':'completed'}");
    assertThat(after(offset, select("")))
        .containsExactly(progress("a", 1, "started"), progress("b", 0, "completed"));
    assertThat(after(offset, select("acquisition_uuid=a")))
        .containsExactly(progress("a", 1, "started"));
  }

  @Test
  void live_deletedAcquisition_isNotShown() {
    long offset = api.tenant().log().head().offset();
    api.delete("/acquisitions/a");
    assertThat(after(offset, select(""))).isEmpty();
  }

  @Test
  void live_whatIsNotOurs_isNotShown() {
    long offset = api.tenant().log().head().offset();
    api.tenant().publish("instruments/m12/acquisitions/a/progress", "something.else", 1);
    assertThat(after(offset, select(""))).isEmpty();
  }

  @Test
  void types_metricOnly_isTheMetricsAlone() {
    SessionData.grid(api, "a", "g", 1, 1, 1);
    api.put("/micrographs/g-s1-h1-m1", "{'total_motion':3}");
    Selection metrics = select("event_types=processing.metric");
    assertThat(snapshot(metrics)).isEmpty();
    assertThat(after(0, metrics)).hasSize(1).first().asString().startsWith("processing.metric {");
  }

  @ParameterizedTest
  @CsvSource({
    "event_types=agent.status&agent_id=k1, instruments/m12/agents/k1/status, true",
    "event_types=agent.status&agent_id=k1, instruments/m12/agents/k2/status, false",
    "'event_types=agent.log, instruction.lifecycle', instruments/m12/agents/k2/log, true",
    "event_types=heartbeat, instruments/m12/acquisitions/a/progress, false",
    "event_types=, instruments/m12/acquisitions/a/progress, true"
  })
  void types_select_theirTopics(String query, String topic, boolean selected) {
    assertThat(select(query).filter().matches(Topic.of(topic))).isEqualTo(selected);
  }

  @Test
  void types_unknownName_is422() {
    assertThatThrownBy(() -> select("event_types=acquisition.progress,acquisition.deleted"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(ErrorBody.of(e.problem()))
                    .hasToString(
                        "{\"detail\":[{\"loc\":[\"query\",\"event_types\"],\"msg\":\"'acquisition.deleted' is not "
                            + "an event type of this stream; use acquisition.progress, processing.metric, "
                            + "agent.status, instruction.lifecycle, agent.log\",\"type\":\"value_error\"}]}"));
  }

  @Test
  void selection_sameRequest_isTheSameView() {
    assertThat(select("acquisition_uuid=a")).isEqualTo(select("acquisition_uuid=a"));
  }
}

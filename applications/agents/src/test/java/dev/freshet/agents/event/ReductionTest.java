package dev.freshet.agents.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReductionTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void run_goesOnFromTheExecutionOfEveryPrefix(long seed) {
    Reduction whole = new Reduction();
    Execution step = null;
    for (AgentEvent event : RandomRun.of(seed, 120)) {
      whole.accept(event);
      step = Executions.reduce(step, event);
      assertThat(step).isEqualTo(whole.execution());
      assertThat(Reduction.of(step).open()).isEqualTo(whole.open());
    }
    assertThat(whole.ended()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void eventsAndExecutions_areTheSameThroughJson(long seed) {
    Execution execution = null;
    for (AgentEvent event : RandomRun.of(seed, 60)) {
      Json data = Json.from(event);
      assertThat(event.type().read(Json.parse(data.utf8()))).isEqualTo(event);
      execution = Executions.reduce(execution, event);
      Json text = Json.from(execution);
      assertThat(Json.parse(text.utf8()).as(Execution.class)).isEqualTo(execution);
      assertThat(Json.from(text.as(Execution.class))).isEqualTo(text);
    }
  }

  @Test
  void payload_hasItsTimesToTheMillisecondAndEveryMember() {
    Instant time = Instant.parse("2026-01-05T10:00:01Z");
    Json data =
        Json.from(
            new AgentEvent.ApprovalRequested(
                time, "a", "c", "t", Json.parse("{}").node(), null, Open.NOTHING));
    assertThat(data)
        .hasToString(
            """
            {"timestamp":"2026-01-05T10:00:01.000Z","approvalId":"a","callId":"c","toolName":"t",\
            "params":{},"expiresAt":null,"open":{"phaseId":null,"phaseName":null,\
            "thoughtId":null,"thoughtKind":null,"callIds":[],"approvalIds":[]}}\
            """);
  }

  @Test
  @DisplayName("G6: what the end cuts short is cancelled with it")
  void cancelledRun_leavesNothingOpen() {
    Reduction run = Runs.started();
    run.accept(Runs.phaseStart("p", 0));
    run.accept(Runs.delta("t", 0, "half"));
    run.accept(Runs.toolStart("c"));
    run.accept(Runs.requested("a", "d", run.open()));
    assertThat(run.status()).isEqualTo(RunStatus.WAITING);
    Open open =
        new Open("p", "Phase p", "t", ThoughtKind.REASONING, List.of("c", "d"), List.of("a"));
    run.accept(new AgentEvent.ExecutionCancelled(Runs.NOW, "ada", null, 5, open));
    Execution execution = run.execution();
    assertThat(execution.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(execution.phases())
        .singleElement()
        .extracting(Phase::status)
        .isEqualTo(PhaseStatus.CANCELLED);
    assertThat(execution.currentPhase()).isNull();
    assertThat(execution.steps()).noneMatch(Step::unsettled).hasSize(3);
    assertThat(((Step.Thought) execution.steps().getFirst()).text()).isEqualTo("half");
  }

  @Test
  void longRun_costsTheSameForEveryEvent() {
    Reduction run = Runs.started();
    for (int i = 0; i < 100_000; i++) {
      run.accept(Runs.toolStart("c" + i));
      run.accept(Runs.toolComplete("c" + i));
    }
    assertThat(run.execution().steps()).hasSize(100_000);
  }

  @Test
  void refusedEvent_changesNothing() {
    Reduction run = Runs.started();
    Execution before = run.execution();
    assertThatThrownBy(() -> run.accept(Runs.toolComplete("c")))
        .isInstanceOf(EventOrderException.class);
    assertThat(run.execution()).isEqualTo(before);
  }
}

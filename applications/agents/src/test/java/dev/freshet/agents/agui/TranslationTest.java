package dev.freshet.agents.agui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.Approval;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.Executions;
import dev.freshet.agents.event.RandomRun;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.agents.event.Step;
import dev.freshet.agents.event.ThoughtStatus;
import dev.freshet.event.Json;
import dev.freshet.view.Frame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a run does, AG-UI's clients understand it, wherever they begin. */
class TranslationTest {
  private static final Instant NOW = Instant.parse("2026-01-06T10:00:00Z");

  private static LongStream seeds() {
    return LongStream.range(1, 120);
  }

  private static List<AgentEvent> run(long seed) {
    return RandomRun.of(seed, 20 + (int) (seed % 60));
  }

  private static void tell(AgUiClient client, Frame frame) {
    if (frame == null) return;
    frame.before().forEach(ahead -> client.accept(ahead.data().node()));
    assertThat(frame.type()).isEmpty();
    client.accept(frame.data().node());
  }

  private static List<Execution> states(List<AgentEvent> events) {
    List<Execution> states = new ArrayList<>();
    Execution at = null;
    for (AgentEvent event : events) {
      at = Executions.reduce(at, event);
      states.add(at);
    }
    return states;
  }

  private static Names names(List<AgentEvent> events) {
    return new Names(((AgentEvent.ExecutionStarted) events.getFirst()).executionId());
  }

  private static Set<String> asked(Execution run) {
    return run.approvals().stream().map(Approval::callId).collect(Collectors.toSet());
  }

  /** One after the other, as a client goes on that answers each interrupt. */
  @ParameterizedTest
  @MethodSource("seeds")
  void run_toldInItsParts_obeysAndComesToTheExecution(long seed) {
    List<AgentEvent> events = run(seed);
    List<Execution> states = states(events);
    Names names = names(events);
    AgUiClient client = new AgUiClient();
    int part = 0;
    Translation translation = new Translation(names, "t", "r0", Set.of());
    client.accept(translation.started(NOW));
    for (int i = 0; i < events.size(); i++) {
      if (client.ended()) {
        Execution before = states.get(i - 1);
        translation = new Translation(names, "t", "r" + ++part, asked(before));
        client.accept(translation.started(NOW));
        translation.resumed(before, NOW).forEach(client::accept);
      }
      Frame frame = translation.frame(events.get(i));
      tell(client, frame);
      assertThat(frame != null && frame.last()).isEqualTo(client.ended());
    }
    assertThat(client.ended()).isTrue();
    assertSame(client, states.getLast(), names);
  }

  private static void assertSame(AgUiClient client, Execution run, Names names) {
    assertThat(Json.parse(client.state.toString()))
        .isEqualTo(Json.parse(RunState.of(run).toString()));
    for (Step step : run.steps()) {
      switch (step) {
        case Step.Thought t ->
            assertThat(client.messages).containsEntry(names.thought(t.thoughtId()), t.text());
        case Step.Call c -> {
          if (client.calls.containsKey(names.call(c.callId())) || c.startedAt() != null)
            assertThat(client.calls).containsEntry(names.call(c.callId()), c.params().toString());
        }
      }
    }
    if (run.status() == RunStatus.COMPLETED)
      assertThat(client.messages.keySet().stream().filter(id -> id.contains("/result/")))
          .hasSameSizeAs(run.steps().stream().filter(Step.Call.class::isInstance).toList());
  }

  /** From the middle, as after a reset: all that was, at once, and then what follows. */
  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("U3: whole at any event, and then live")
  void run_toldWholeFromAnywhere_obeys(long seed) {
    List<AgentEvent> events = run(seed);
    List<Execution> states = states(events);
    Names names = names(events);
    for (int from = 0; from < events.size(); from++) {
      AgUiClient client = new AgUiClient();
      Translation translation = new Translation(names, "t", "r", Set.of());
      client.accept(translation.started(NOW));
      Frame whole = translation.whole(states.get(from), NOW);
      tell(client, whole);
      assertThat(whole.last()).isEqualTo(client.ended());
      int at = from + 1;
      while (!client.ended()) tell(client, translation.frame(events.get(at++)));
      assertThat(client.types.getLast()).startsWith("RUN_");
      Execution told = states.get(at - 1);
      for (Step step : told.steps()) {
        if (step instanceof Step.Thought t && t.status() != ThoughtStatus.RUNNING)
          assertThat(client.messages).containsEntry(names.thought(t.thoughtId()), t.text());
      }
    }
  }

  /** Begun again by a client that has heard some of it: nothing is there twice. */
  @ParameterizedTest
  @MethodSource("seeds")
  void run_toldAgainToWhoKnowsSomeOfIt_saysNothingTwice(long seed) {
    List<AgentEvent> events = run(seed);
    Names names = names(events);
    Translation translation = new Translation(names, "t", "r", Set.of());
    AgUiClient once = new AgUiClient();
    once.accept(translation.started(NOW));
    for (AgentEvent event : events) {
      if (!once.ended()) tell(once, translation.frame(event));
    }
    for (int heard = 0; heard < events.size(); heard++) {
      AgUiClient first = new AgUiClient();
      first.accept(translation.started(NOW));
      for (AgentEvent event : events.subList(0, heard)) {
        if (!first.ended()) tell(first, translation.frame(event));
      }
      AgUiClient again = new AgUiClient();
      again.messages.putAll(first.messages);
      again.calls.putAll(first.calls);
      again.accept(translation.started(NOW));
      ArrayNode history = Json.MAPPER.createArrayNode();
      for (ObjectNode message : first.history()) history.add(message);
      Optional<ArrayNode> restated = new Restatement(names, Optional.empty()).of(history);
      restated
          .map(messages -> new AgUiEvent(names, NOW).messagesSnapshot(messages))
          .ifPresent(again::accept);
      for (AgentEvent event : events) {
        if (!again.ended()) tell(again, translation.frame(event));
      }
      assertThat(again.messages).isEqualTo(once.messages);
      assertThat(again.calls).isEqualTo(once.calls);
      assertThat(Objects.equals(again.state, once.state)).isTrue();
    }
  }
}

package dev.freshet.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.Decision;
import dev.freshet.agents.event.ErrorCode;
import dev.freshet.agents.event.EventOrderException;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.MadeFile;
import dev.freshet.agents.event.Open;
import dev.freshet.agents.event.Plan;
import dev.freshet.agents.event.RunEndedException;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.agents.event.Step;
import dev.freshet.agents.event.ThoughtKind;
import dev.freshet.agents.event.Usage;
import dev.freshet.event.Json;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AgentSseEmitterTest {
  private static final JsonNode PARAMS = Json.parse("{\"path\":\"a.txt\"}").node();

  private final MemorySink sink = new MemorySink(1000);
  private final AgentSseEmitter emitter = new AgentSseEmitter("ada", "run-1", sink);

  private Execution execution() {
    return sink.run.execution();
  }

  @Test
  void wholeRun_isToldInOrder() {
    emitter.executionStarted("Make a page");
    emitter.planCreated("a page", List.of(new Plan.PlannedPhase("p", "Write")));
    emitter.phaseStart("p", "Write");
    emitter.thinkingDelta("t", 1, ThoughtKind.REASONING, "I wi");
    emitter.thinkingDelta("t", 1, ThoughtKind.REASONING, "ll.");
    emitter.thinking("t", 1, ThoughtKind.REASONING, "I will.");
    emitter.approvalRequested("a", "c", "create_file", PARAMS, Duration.ofMinutes(1));
    emitter.approvalResolved("a", Decision.APPROVED, "ada", null);
    emitter.toolStart("c", "create_file", PARAMS);
    sink.millis.addAndGet(40);
    emitter.toolComplete("c", Json.from("done").node(), List.of(new MadeFile("a.txt", 3)));
    emitter.usage(new Usage(10, 5, 15, null, 1));
    emitter.phaseComplete("p");
    emitter.executionComplete("Here it is");
    Execution execution = execution();
    assertThat(execution.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(execution.duration()).isEqualTo(40);
    assertThat(execution.phases().getFirst().duration()).isEqualTo(40);
    assertThat(((Step.Call) execution.steps().getLast()).duration()).isEqualTo(40);
    assertThat(execution.files()).containsExactly(new MadeFile("a.txt", 3));
    assertThat(((AgentEvent.ExecutionComplete) sink.events.getLast()).tokensUsed()).isEqualTo(15);
  }

  @Test
  @DisplayName("G3: a phase that was not started can't complete")
  void phaseThatWasNotStarted_cannotComplete() {
    emitter.executionStarted("x");
    assertThatThrownBy(() -> emitter.phaseComplete("p")).isInstanceOf(EventOrderException.class);
    assertThat(sink.events).hasSize(1);
  }

  @Test
  @DisplayName("G6: an end names what it cut short, and nothing follows it")
  void error_namesWhatIsOpen() {
    emitter.executionStarted("x");
    emitter.phaseStart("p", "Work");
    emitter.toolStart("c", "tool", PARAMS);
    emitter.executionError(ErrorCode.MODEL_FAILED, "The model is gone.");
    AgentEvent.ExecutionError error = (AgentEvent.ExecutionError) sink.events.getLast();
    assertThat(error.open()).isEqualTo(new Open("p", "Work", null, null, List.of("c"), List.of()));
    assertThatThrownBy(() -> emitter.toolComplete("c", null)).isInstanceOf(RunEndedException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  @DisplayName("G4: a long thought goes on in a new one, whatever pieces it came in")
  void longThought_goesOnInANewOne(long seed) {
    MemorySink small = new MemorySink(16);
    AgentSseEmitter told = new AgentSseEmitter("ada", "run", small);
    told.executionStarted("x");
    Random random = new Random(seed);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String piece =
          List.of("ab", "🦊", "\ud83e", "\udd8a", "\r", "\n", "\r\n", "x").get(random.nextInt(8));
      all.append(piece);
      told.thinkingDelta("t", 1, ThoughtKind.ANSWER, piece);
    }
    told.thinking("t", 1, ThoughtKind.ANSWER, all.toString());
    List<Step> steps = small.run.execution().steps();
    assertThat(steps).hasSizeGreaterThan(1).noneMatch(Step::unsettled);
    assertThat(steps).allMatch(step -> ((Step.Thought) step).text().length() <= 16);
    assertThat(text(steps)).isEqualTo(Text.clean(all.toString()));
    told.thinking("u", 2, ThoughtKind.ANSWER, all.toString());
    steps =
        small.run.execution().steps().subList(steps.size(), small.run.execution().steps().size());
    assertThat(text(steps)).isEqualTo(Text.clean(all.toString()));
  }

  private static String text(List<Step> steps) {
    return steps.stream().map(step -> ((Step.Thought) step).text()).collect(Collectors.joining());
  }

  @Test
  void thoughtThatIsRefused_leavesTheNextOneFree() {
    emitter.executionStarted("x");
    emitter.thinking("t", 1, ThoughtKind.ANSWER, "one");
    assertThatThrownBy(() -> emitter.thinkingDelta("t", 1, ThoughtKind.ANSWER, "again"))
        .isInstanceOf(EventOrderException.class);
    emitter.thinkingDelta("u", 1, ThoughtKind.ANSWER, "two");
    emitter.thinking("u", 1, ThoughtKind.ANSWER, "two");
    assertThat(execution().steps()).hasSize(2);
  }

  @Test
  @DisplayName("A5: text is without control characters and lone surrogates")
  void text_isCleaned() {
    assertThat(Text.clean("a\r\nb\rc\u0000\u001b[0m\td\ud800e\udc00\u0085🦊"))
        .isEqualTo("a\nb\nc\ufffd\ufffd[0m\td\ufffde\ufffd\ufffd🦊");
    assertThat(Text.cleanUnits("a\r\nb")).isEqualTo("a\n\nb");
    assertThat(Text.clean(Json.parse("{\"a\\u0000\":[\"\\u0007\",1,null]}").node()))
        .isEqualTo(Json.parse("{\"a\ufffd\":[\"\ufffd\",1,null]}").node());
  }
}

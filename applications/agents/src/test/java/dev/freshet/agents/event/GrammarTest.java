package dev.freshet.agents.event;

import static dev.freshet.agents.event.Runs.complete;
import static dev.freshet.agents.event.Runs.delta;
import static dev.freshet.agents.event.Runs.error;
import static dev.freshet.agents.event.Runs.phaseComplete;
import static dev.freshet.agents.event.Runs.phaseStart;
import static dev.freshet.agents.event.Runs.plan;
import static dev.freshet.agents.event.Runs.requested;
import static dev.freshet.agents.event.Runs.resolved;
import static dev.freshet.agents.event.Runs.start;
import static dev.freshet.agents.event.Runs.thinking;
import static dev.freshet.agents.event.Runs.toolComplete;
import static dev.freshet.agents.event.Runs.toolStart;
import static dev.freshet.agents.event.Runs.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GrammarTest {
  private static List<Arguments> refused() {
    return List.of(
        no("G1", plan("p")),
        no("G1", start(), start()),
        no("G2", start(), plan("p"), plan("q")),
        no("G2", start(), plan("p", "p")),
        no("G2", start(), phaseStart("p", 0), plan("p")),
        no("G2", start(), thinking("t", 1, "", false), plan("p")),
        no("G2", start(), toolStart("c"), plan("p")),
        no("G2", start(), requested("a", "c"), plan("p")),
        no("G3", start(), phaseStart("p", 1)),
        no("G3", start(), phaseStart("p", 0), phaseStart("q", 1)),
        no("G3", start(), phaseStart("p", 0), phaseComplete("p", 0), phaseStart("p", 1)),
        no("G3", start(), plan("p", "q"), phaseStart("q", 0)),
        no("G3", start(), plan("p"), phaseStart("p", 0), phaseComplete("p", 0), phaseStart("q", 1)),
        no("G3", start(), phaseComplete("p", 0)),
        no("G3", start(), plan("p"), phaseComplete("p", 0)),
        no("G3", start(), phaseStart("p", 0), phaseComplete("p", 1)),
        no("G3", start(), phaseStart("p", 0), toolStart("c"), phaseComplete("p", 0)),
        no("G3", start(), phaseStart("p", 0), delta("t", 0, "x"), phaseComplete("p", 0)),
        no("G3", start(), toolStart("c"), phaseStart("p", 0)),
        no("G4", start(), delta("t", 1, "x")),
        no("G4", start(), delta("t", 0, "🦊"), delta("t", 1, "x")),
        no("G4", start(), delta("t", 0, "x"), delta("u", 1, "y")),
        no("G4", start(), delta("t", 0, "x"), thinking("t", 1, "y", true)),
        no("G4", start(), delta("t", 0, "x"), thinking("t", 1, "x", false)),
        no("G4", start(), delta("t", 0, "x"), thinking("t", 2, "x", true)),
        no("G4", start(), thinking("t", 1, "x", true)),
        no("G4", start(), thinking("t", 1, "x", false), thinking("t", 1, "x", false)),
        no("G4", start(), thinking("t", 2, "x", false), thinking("u", 1, "x", false)),
        no("G5", start(), toolComplete("c")),
        no("G5", start(), toolStart("c"), toolStart("c")),
        no("G5", start(), toolStart("c"), toolComplete("c"), toolComplete("c")),
        no("G5", start(), toolStart("c"), toolComplete("c"), toolStart("c")),
        no("G5", start(), toolStart("c", "other"), toolComplete("c")),
        no("G5", start(), toolStart("c"), requested("a", "c")),
        no("G5", start(), requested("a", "c"), requested("a", "d")),
        no("G5", start(), requested("a", "c"), toolStart("c")),
        no("G5", start(), resolved("a", "c", Decision.APPROVED)),
        no("G5", start(), requested("a", "c"), resolved("a", "d", Decision.APPROVED)),
        no(
            "G5",
            start(),
            requested("a", "c"),
            resolved("a", "c", Decision.REJECTED),
            toolStart("c")),
        no(
            "G5",
            start(),
            requested("a", "c"),
            resolved("a", "c", Decision.APPROVED),
            resolved("a", "c", Decision.APPROVED)),
        no(
            "G5",
            start(),
            requested("a", "c"),
            resolved("a", "c", Decision.APPROVED),
            toolStart("c", "other")),
        no(
            "G5",
            start(),
            requested("a", "c"),
            resolved("a", "c", Decision.APPROVED),
            toolComplete("c")),
        no("G4", start(), delta("t", 0, "")),
        no("G6", start(), toolStart("c"), requested("a", "d")),
        no("G6", start(), phaseStart("p", 0), complete()),
        no("G6", start(), toolStart("c"), complete()),
        no("G6", start(), delta("t", 0, "x"), complete()),
        no("G6", start(), requested("a", "c"), complete()),
        no("G6", start(), requested("a", "c"), resolved("a", "c", Decision.APPROVED), complete()),
        no("G6", start(), toolStart("c"), error(Open.NOTHING)),
        no("G6", start(), error(new Open("p", "Phase p", null, null, List.of(), List.of()))),
        no("G7", start(), used(5), used(4)));
  }

  private static Arguments no(String rule, AgentEvent... events) {
    return Arguments.of(rule, List.of(events));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refused")
  void lastOfTheseEvents_isRefusedByTheRule(String rule, List<AgentEvent> events) {
    Reduction run = new Reduction();
    events.subList(0, events.size() - 1).forEach(run::accept);
    EventOrderException refusal =
        catchThrowableOfType(EventOrderException.class, () -> run.accept(events.getLast()));
    assertThat(refusal).isNotNull().hasMessageStartingWith(rule + ": ");
    assertThat(refusal.rule()).isEqualTo(rule);
  }

  @Test
  @DisplayName("G1: nothing follows the end")
  void endedRun_takesNothing() {
    Reduction run = Runs.started();
    run.accept(complete());
    assertThatThrownBy(() -> run.accept(used(1)))
        .isInstanceOf(RunEndedException.class)
        .hasMessageContaining("completed");
  }

  @Test
  @DisplayName("G7: a cost that is known stays known")
  void costThatIsGone_isRefused() {
    Reduction run = Runs.started();
    run.accept(
        new AgentEvent.UsageUpdated(Runs.NOW, new Usage(0, 0, 0, new BigDecimal("0.10"), 0)));
    run.accept(new AgentEvent.UsageUpdated(Runs.NOW, new Usage(0, 0, 0, new BigDecimal("0.1"), 0)));
    assertThatThrownBy(() -> run.accept(used(1))).isInstanceOf(EventOrderException.class);
  }

  @Test
  @DisplayName("G5: calls overlap, and approved ones among them")
  void callsThatOverlap_areTaken() {
    Reduction run = Runs.started();
    List.of(
            toolStart("c"),
            requested("a", "d", new Open(null, null, null, null, List.of("c"), List.of())),
            toolStart("e"),
            toolComplete("c"),
            resolved("a", "d", Decision.APPROVED),
            toolStart("d"),
            toolComplete("e"),
            toolComplete("d"),
            complete())
        .forEach(run::accept);
    assertThat(run.execution().steps())
        .extracting(step -> ((Step.Call) step).callId())
        .containsExactly("c", "d", "e");
  }
}

package dev.freshet.agents.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.agents.Desk;
import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.CallStatus;
import dev.freshet.agents.event.Decision;
import dev.freshet.agents.event.ErrorCode;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.PhaseStatus;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.agents.event.Step;
import dev.freshet.agents.event.ThoughtKind;
import dev.freshet.agents.model.Models;
import dev.freshet.agents.tool.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripted model does really happens. */
@Timeout(60)
class ScriptedRunTest {
  private static final String PAGE = "Make a landing page for Bean & <Leaf>, please";

  @TempDir private Path disk;
  private Bench bench;

  @BeforeEach
  void make() throws Exception {
    bench = new Bench(disk.resolve("1"));
  }

  private static String result(Execution run) {
    return run.result() == null ? "" : run.result().asString();
  }

  @Test
  void landingPage_isWrittenReadAndImproved() throws Exception {
    Execution run = bench.run(PAGE);
    assertThat(run.error()).isNull();
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.model().scripted()).isTrue();
    assertThat(run.phases()).hasSize(3).allMatch(p -> p.status() == PhaseStatus.COMPLETED);
    assertThat(bench.calls())
        .extracting(Step.Call::toolName)
        .containsExactly(
            "create_file", "create_file", "create_file", "list_files", "read_file", "edit_file");
    assertThat(bench.calls()).allMatch(c -> c.status() == CallStatus.SUCCEEDED);
    assertThat(run.files())
        .extracting(f -> f.path())
        .containsExactlyInAnyOrder("index.html", "style.css", "sign.svg");
    String page = bench.read("index.html");
    assertThat(page)
        .contains("<title>Bean &amp; &lt;Leaf&gt;</title>")
        .containsOnlyOnce("name=\"description\" content=\"Bean &amp; &lt;Leaf&gt;, made")
        .contains("style.css");
    assertThat(run.files().stream().filter(f -> f.path().equals("index.html")).findFirst())
        .hasValueSatisfying(f ->
            assertThat(f.bytes())
                .isEqualTo(bench.directory.resolve("index.html").toFile().length()));
    assertThat(result(run)).contains("index.html").contains("description");
    assertThat(run.usage().totalTokens()).isPositive();
    assertThat(run.usage().cost()).isNull();
    assertThat(bench.events(AgentEvent.UsageUpdated.class)).hasSize((int) run.usage().iterations());
  }

  @ParameterizedTest
  @ValueSource(strings = {PAGE, "Summarise the CSV file", "fail", "anything else"})
  void sameTask_runsTheSameWay(String task) throws Exception {
    Bench other = new Bench(disk.resolve("2"));
    bench.run(task);
    other.run(task);
    assertThat(told(bench)).isEqualTo(told(other));
  }

  /** What a run tells, without times; calls that ran side by side in the order of their ids. */
  private static List<String> told(Bench bench) {
    return bench.execution().steps().stream()
        .map(step ->
            switch (step) {
              case Step.Thought t -> t.thoughtId() + t.text();
              case Step.Call c -> c.callId() + c.toolName() + c.params() + c.result() + c.error();
            })
        .toList();
  }

  @Test
  void csv_isSummarisedWithNumbersThatWereWorkedOut() throws Exception {
    bench.file(
        "data/orders.csv",
        """
        item,price,count,note
        "Tea, green",2.50,3,
        Coffee,4.10,10,x
        "Cocoa ""dark""\",3.3,1,y
        """);
    Execution run = bench.run("Please summarise data/orders.csv");
    assertThat(run.error()).isNull();
    String summary = bench.read("summary.md");
    assertThat(summary)
        .contains("3 rows, 4 columns")
        .contains("| price | 3 | 3.3 | 2.5 | 4.1 |")
        .contains("| count | 3 | 4.6667 | 1 | 10 |");
    assertThat(result(run)).contains("| price | 3 | 3.3 | 2.5 | 4.1 |");
    assertThat(bench.calls().stream().filter(c -> c.toolName().equals("calculate"))).hasSize(8);
    assertThat(bench.call("read_file").params().path("path").asString())
        .isEqualTo("data/orders.csv");
  }

  @Test
  void csv_thatIsMissing_isReplacedByASample_whichIsSaid() throws Exception {
    Execution run = bench.run("Give me a data summary");
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(bench.read("summary.md"))
        .contains("Summary of sample.csv")
        .contains("| level_cm | 6 |");
    assertThat(bench.events(AgentEvent.Thinking.class))
        .anyMatch(t -> t.thought().contains("sample"));
  }

  @Test
  void csv_withoutNumbers_failsAndSaysWhy() throws Exception {
    bench.file("a.csv", "x,y\na,b\n");
    Execution run = bench.run("Summarise the CSV file");
    assertThat(run.error().code()).isEqualTo(ErrorCode.AGENT_FAILED);
    assertThat(run.error().message()).contains("a.csv");
  }

  @Test
  void failingTask_fails() throws Exception {
    Execution run = bench.run("Do something that will fail");
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.error().code()).isEqualTo(ErrorCode.AGENT_FAILED);
    assertThat(run.error().message()).contains("there is no file");
    assertThat(bench.call("read_file").status()).isEqualTo(CallStatus.FAILED);
    assertThat(run.phases().getFirst().status()).isEqualTo(PhaseStatus.FAILED);
  }

  @Test
  void unknownTask_isWrittenDown_andAnsweredWithWhatCanBeDone() throws Exception {
    Execution run = bench.run("Sing a song", "in C major");
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(bench.read("notes.md")).isEqualTo("# The task\n\nSing a song\n");
    assertThat(result(run)).contains("scripted model").contains("landing page");
  }

  @Test
  void toolThatAsks_runsWhenAPersonApproves() throws Exception {
    bench.policies.put("edit_file", Policy.ASK);
    Execution run = bench.run(PAGE);
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.approvals()).hasSize(1);
    assertThat(bench.call("edit_file").status()).isEqualTo(CallStatus.SUCCEEDED);
    assertThat(bench.read("index.html")).contains("name=\"description\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"REJECTED", "EXPIRED"})
  void toolThatAsks_isNotRunOtherwise_andTheModelGoesByThat(String decision) throws Exception {
    bench.policies.put("edit_file", Policy.ASK);
    bench.answer = new Desk.Answer(Decision.valueOf(decision), "not on a Friday");
    Execution run = bench.run(PAGE);
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(bench.read("index.html")).doesNotContain("name=\"description\"");
    assertThat(result(run))
        .contains(decision.equals("REJECTED") ? "says: not on a Friday" : "nobody approved");
  }

  @Test
  void toolThatIsNeverAllowed_isNotThere() throws Exception {
    bench.policies.put("create_file", Policy.NEVER);
    Execution run = bench.run(PAGE);
    assertThat(run.error().code()).isEqualTo(ErrorCode.AGENT_FAILED);
    assertThat(run.error().message()).contains("there is no tool 'create_file'");
    assertThat(bench.directory.toFile().list()).isEmpty();
  }

  @Test
  void command_isRun() throws Exception {
    bench.commands.add("echo");
    assertThat(result(bench.run("Run `echo hello there`")))
        .contains("ended with 0")
        .contains("hello there");
  }

  @Test
  void command_withoutLeave_isNot() throws Exception {
    assertThat(bench.run("Run `echo hello`").error().message()).contains("agents.commands");
  }

  @Test
  void cancelling_endsACommandWithinASecond() throws Exception {
    bench.commands.add("sleep");
    Thread working = bench.begin("Run `sleep 4322`", null);
    bench.await(AgentEvent.ToolStart.class);
    bench.cancel();
    assertThat(working.join(Duration.ofSeconds(1))).isTrue();
    assertThat(bench.execution().status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(ProcessHandle.allProcesses().filter(ScriptedRunTest::sleeps)).isEmpty();
  }

  private static boolean sleeps(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
          .equals("/usr/bin/sleep\0004322\0");
    } catch (java.io.IOException gone) {
      return false;
    }
  }

  @Test
  void cancelling_endsTheModel() throws Exception {
    bench.models = new Models(Bench.scripted(Duration.ofSeconds(30)));
    Thread working = bench.begin(PAGE, null);
    bench.cancel();
    assertThat(working.join(Duration.ofSeconds(1))).isTrue();
    assertThat(bench.execution().status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void thoughts_areToldPieceByPiece_atASteadyPace_andWhole() throws Exception {
    bench.models = new Models(Bench.scripted(Duration.ofMillis(5)));
    bench.pace = Duration.ofMillis(50);
    Execution run = bench.run("Sing a song");
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    List<AgentEvent.ThinkingDelta> deltas = bench.events(AgentEvent.ThinkingDelta.class);
    for (AgentEvent.Thinking whole : bench.events(AgentEvent.Thinking.class)) {
      List<AgentEvent.ThinkingDelta> pieces =
          deltas.stream().filter(d -> d.thoughtId().equals(whole.thoughtId())).toList();
      assertThat(String.join("", pieces.stream().map(d -> d.delta()).toList()))
          .isEqualTo(whole.thought());
      assertThat(pieces.getFirst().delta()).doesNotContain(" \0").hasSizeLessThan(25);
      for (int i = 2; i < pieces.size() - 1; i++)
        assertThat(Duration.between(pieces.get(i - 1).timestamp(), pieces.get(i).timestamp()))
            .isGreaterThan(Duration.ofMillis(45));
    }
    assertThat(deltas).hasSizeGreaterThan(10);
    assertThat(bench.events(AgentEvent.Thinking.class))
        .extracting(AgentEvent.Thinking::kind)
        .contains(ThoughtKind.REASONING, ThoughtKind.ANSWER);
  }
}

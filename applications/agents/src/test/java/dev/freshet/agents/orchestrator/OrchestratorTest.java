package dev.freshet.agents.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.CallStatus;
import dev.freshet.agents.event.ErrorCode;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.Limits;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.agents.event.Step;
import dev.freshet.agents.tool.Sandbox;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OrchestratorTest {
  @TempDir private Path disk;
  private final Puppet puppet = new Puppet();
  private Bench bench;

  @BeforeEach
  void make() throws Exception {
    bench = new Bench(disk);
    bench.models = puppet.models();
  }

  private void failed(Execution run, ErrorCode code, String because) {
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.error().code()).isEqualTo(code);
    assertThat(run.error().message()).contains(because);
  }

  private List<ToolExecutionResultMessage> results(int request) {
    return puppet.requests.get(request).messages().stream()
        .filter(ToolExecutionResultMessage.class::isInstance)
        .map(ToolExecutionResultMessage.class::cast)
        .toList();
  }

  @Test
  void plan_comesFirst_thenItsPhases_thenTheLastAnswer() throws Exception {
    puppet
        .says("Here it is:\n```json\n{\"goal\":\"g\",\"phases\":[\"one\",\"two\"]}\n```")
        .says("did one")
        .says("did two");
    Execution run = bench.run("do it", "with care");
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.plan().phases()).extracting(p -> p.name()).containsExactly("one", "two");
    assertThat(run.result().asString()).isEqualTo("did two");
    assertThat(run.usage().iterations()).isEqualTo(3);
    assertThat(run.usage().inputTokens()).isEqualTo(300);
    assertThat(run.usage().cost()).isEqualByComparingTo("0.0006");
    assertThat(puppet.requests.getFirst().toolSpecifications()).isNullOrEmpty();
    assertThat(puppet.requests.getFirst().messages().toString()).contains("with care");
    assertThat(puppet.requests.get(1).messages().toString()).contains("Phase 1 of 2: one");
  }

  @Test
  void plan_thatIsNone_isAskedForOnceMore() throws Exception {
    puppet.says("I would rather not").plans("one").says("done");
    assertThat(bench.run("x").status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(puppet.requests.get(1).messages().getLast().toString()).contains("no JSON object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no",
        "{}",
        "{\"goal\":\"g\",\"phases\":[]}",
        "{\"goal\":\"g\",\"phases\":[1]}",
        "{\"goal\":\"\",\"phases\":[\"a\"]}",
        "{\"goal\":\"g\",\"phases\":[\"a\"]",
        "{\"goal\":\"g\",\"phases\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"a\",\"b\",\"c\",\"d\"]}"
      })
  void plan_thatStaysNone_endsTheRun(String plan) throws Exception {
    puppet.says(plan);
    failed(bench.run("x"), ErrorCode.PLAN_INVALID, "no plan");
    assertThat(puppet.requests).hasSize(2);
  }

  @Test
  void toolsThatAreWronglyCalled_areNotRun_andTheModelIsToldWhy() throws Exception {
    puppet
        .plans("one")
        .calls(
            Puppet.call("1", "rm_rf\u0000\n", "{}"),
            Puppet.call("2", "create_file", "{'path':'a'}"),
            Puppet.call("3", "create_file", "nonsense"),
            Puppet.call("4", "create_file", "{'path':'../a','content':''}"),
            Puppet.call("5", "run_command", "{'command':'ls'}"))
        .says("sorry");
    assertThat(bench.run("x").status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(results(2)).hasSize(5).allMatch(r -> r.isError());
    assertThat(results(2).get(0).text()).contains("there is no tool 'rm_rf\ufffd\n'");
    assertThat(results(2).get(1).text()).contains("content");
    assertThat(results(2).get(2).text()).contains("no JSON object");
    assertThat(results(2).get(3).text()).contains("not one below");
    assertThat(results(2).get(4).text()).contains("there is no tool");
    assertThat(bench.calls()).hasSize(5).allMatch(c -> c.status() == CallStatus.FAILED);
    assertThat(bench.directory.toFile().list()).isEmpty();
  }

  @Test
  void callsOfOneAnswer_runSideBySide_andAreToldInTheirOrder() throws Exception {
    bench.commands.add("sh");
    puppet
        .plans("one")
        .calls(
            Puppet.call(
                "x",
                "run_command",
                "{'command':'sh','args':['-c','until test -f b; do sleep 0.01; done; echo first']}"),
            Puppet.call("x", "create_file", "{'path':'b','content':''}"))
        .says("done");
    assertThat(bench.run("x").status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(results(2))
        .extracting(ToolExecutionResultMessage::toolName)
        .containsExactly("run_command", "create_file");
    assertThat(results(2).getFirst().text()).contains("first");
    assertThat(bench.calls()).extracting(Step.Call::callId).containsExactly("c1", "c2");
  }

  @Test
  void tooManyCallsAtOnce_areNotAllRun() throws Exception {
    var call = Puppet.call("x", "calculate", "{'expression':'1+1'}");
    puppet
        .plans("one")
        .calls(
            java.util.Collections.nCopies(20, call)
                .toArray(new dev.langchain4j.agent.tool.ToolExecutionRequest[0]))
        .says("done");
    bench.run("x");
    assertThat(bench.calls()).hasSize(16);
    assertThat(results(2)).hasSize(20);
    assertThat(results(2).getLast().text()).contains("16 calls");
  }

  @Test
  void toolThatTakesTooLong_isEnded_andTheModelIsTold() throws Exception {
    bench.commands.add("sleep");
    bench.toolTime = Duration.ofMillis(300);
    puppet
        .plans("one")
        .calls(Puppet.call("1", "run_command", "{'command':'sleep','args':['4323']}"))
        .says("too bad");
    assertThat(bench.run("x").status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(results(2).getFirst().text()).contains("took longer");
  }

  @Test
  void iterations_areLimited() throws Exception {
    bench.limits = new Limits(4, 60, 1_000_000, null);
    puppet.plans("one").calls(Puppet.call("1", "list_files", "{}"));
    Execution run = bench.run("x");
    failed(run, ErrorCode.ITERATIONS_EXCEEDED, "4");
    assertThat(puppet.requests).hasSize(4);
    assertThat(run.usage().iterations()).isEqualTo(4);
  }

  @Test
  void tokens_areLimited() throws Exception {
    bench.limits = new Limits(50, 60, 300, null);
    puppet.plans("one").calls(Puppet.call("1", "list_files", "{}"));
    Execution run = bench.run("x");
    failed(run, ErrorCode.TOKENS_EXCEEDED, "330");
    assertThat(run.usage().totalTokens()).isEqualTo(330);
  }

  @Test
  void time_isLimited_alsoOfAModelThatHangs() throws Exception {
    bench.limits = new Limits(50, 1, 1_000_000, null);
    puppet.plans("one").does(request -> hang());
    failed(bench.run("x"), ErrorCode.TIME_EXCEEDED, "longer than 1 s");
  }

  @Test
  void time_isLimited_alsoOfACommand() throws Exception {
    bench.limits = new Limits(50, 1, 1_000_000, null);
    bench.commands.add("sleep");
    puppet
        .plans("one")
        .calls(Puppet.call("1", "run_command", "{'command':'sleep','args':['4324']}"));
    failed(bench.run("x"), ErrorCode.TIME_EXCEEDED, "longer than 1 s");
    assertThat(bench.calls().getFirst().status()).isEqualTo(CallStatus.CANCELLED);
  }

  /** A person takes three seconds to answer; the run has two. */
  @Test
  void time_standsStillWhileAPersonIsAsked() throws Exception {
    bench.limits = new Limits(50, 2, 1_000_000, null);
    bench.policies.put("list_files", dev.freshet.agents.tool.Policy.ASK);
    bench.answering = Duration.ofSeconds(3);
    puppet.plans("one").calls(Puppet.call("1", "list_files", "{}")).says("done");
    assertThat(bench.run("x").status()).isEqualTo(RunStatus.COMPLETED);
  }

  private static AiMessage hang() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return AiMessage.from("late");
  }

  @Test
  void cost_isLimited() throws Exception {
    bench.limits = new Limits(50, 60, 1_000_000_000, new BigDecimal("0.5"));
    puppet.uses(100_000, 10_000).plans("one").calls(Puppet.call("1", "list_files", "{}"));
    Execution run = bench.run("x");
    failed(run, ErrorCode.COST_EXCEEDED, "0.6 US dollars; its limit is 0.5");
    assertThat(run.usage().cost()).isEqualByComparingTo("0.6");
  }

  @Test
  void conversation_isBounded_byLeavingOutOldResults() throws Exception {
    bench.conversation = 60_000;
    bench.file("big", "x".repeat(20_000));
    puppet.plans("one");
    for (int i = 0; i < 8; i++) puppet.calls(Puppet.call("r" + i, "read_file", "{'path':'big'}"));
    puppet.says("done");
    assertThat(bench.run("x").status()).isEqualTo(RunStatus.COMPLETED);
    List<ToolExecutionResultMessage> last = results(puppet.requests.size() - 1);
    assertThat(last).hasSize(8);
    assertThat(last.getFirst().text()).contains("left out");
    assertThat(last.getLast().text()).contains("xxxx");
    for (var request : puppet.requests)
      assertThat(
              request.messages().stream().map(ChatMessage::toString).mapToInt(String::length).sum())
          .isLessThan(70_000);
  }

  @Test
  void conversation_thatCannotBeMadeSmaller_endsTheRun() throws Exception {
    bench.conversation = 5_000;
    puppet.plans("one");
    failed(bench.run("x".repeat(6000)), ErrorCode.TOO_LARGE, "agents.conversation");
  }

  @Test
  void modelThatFails_endsTheRun_withoutWhatItSaid() throws Exception {
    puppet
        .plans("one")
        .does(request -> {
          throw new IllegalArgumentException("key sk-very-secret at Foo.java:12");
        });
    Execution run = bench.run("x");
    failed(run, ErrorCode.MODEL_FAILED, "puppet");
    assertThat(run.error().message()).doesNotContain("secret").doesNotContain("Foo");
  }

  @Test
  void answerThatSaysItCannotBeDone_endsTheRun() throws Exception {
    puppet.plans("one").says("FAILED: no such thing");
    failed(bench.run("x"), ErrorCode.AGENT_FAILED, "no such thing");
  }

  @Test
  void reasoning_andAnswer_areThoughtsOfTheirOwn() throws Exception {
    puppet
        .plans("one")
        .does(request -> AiMessage.builder().thinking("hm\r\n\0").text("so\ud800").build());
    assertThat(bench.run("x").status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(bench.events(AgentEvent.Thinking.class))
        .extracting(t -> t.kind().wire() + ":" + t.thought())
        .containsExactly("reasoning:hm\n\ufffd", "answer:so\ufffd");
  }

  @Test
  void cancelling_endsAWaitForAPage_andItsConnection() throws Exception {
    try (var silent = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      puppet
          .plans("one")
          .calls(
              Puppet.call(
                  "1", "http_get", "{'url':'http://127.0.0.1:" + silent.getLocalPort() + "'}"));
      Thread working = bench.begin("x", null);
      try (var peer = silent.accept()) {
        bench.cancel();
        assertThat(working.join(Duration.ofSeconds(1))).isTrue();
        peer.setSoTimeout(1000);
        peer.getInputStream().readAllBytes();
      }
    }
  }

  @Test
  void cancelling_endsAModelThatHangs() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    puppet
        .plans("one")
        .does(request -> {
          reached.countDown();
          return hang();
        });
    Thread working = bench.begin("x", null);
    reached.await();
    bench.cancel();
    assertThat(working.join(Duration.ofSeconds(1))).isTrue();
    assertThat(bench.execution().status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void directoryBounds_areToldToTheModel() throws Exception {
    bench.bounds = new Sandbox.Bounds(10, 5, 100);
    puppet
        .plans("one")
        .calls(Puppet.call("1", "create_file", "{'path':'a','content':'01234567890'}"))
        .says("ok");
    bench.run("x");
    assertThat(results(2).getFirst().text()).contains("agents.file-bytes");
  }
}

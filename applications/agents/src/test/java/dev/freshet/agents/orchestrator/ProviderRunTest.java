package dev.freshet.agents.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.agents.event.ErrorCode;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.agents.model.Models;
import dev.freshet.agents.model.Price;
import dev.freshet.agents.model.Provider;
import dev.freshet.agents.model.Upstream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs with a provider's model, over HTTP. */
@Timeout(60)
class ProviderRunTest {
  @TempDir private Path disk;
  private Upstream upstream;
  private Bench bench;

  @BeforeEach
  void make() throws Exception {
    upstream = new Upstream();
    bench = new Bench(disk);
    bench.models =
        new Models(
            new Models.Settings(
                Provider.OPENAI,
                List.of("gpt"),
                upstream.url(),
                "sk-very-secret",
                Map.of("gpt", new Price(BigDecimal.ONE, BigDecimal.TEN)),
                1000,
                0,
                Duration.ofSeconds(5),
                Duration.ZERO));
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  private static String[] chunk(String choices, String usage) {
    return new String[] {
      "",
      ("{'id':'x','object':'chat.completion.chunk','choices':[" + choices + "]" + usage + "}")
          .replace('\'', '"')
    };
  }

  private static List<String[]> answer(String delta, String finish) {
    List<String[]> events = new ArrayList<>();
    events.add(chunk("{'index':0,'delta':" + delta + ",'finish_reason':null}", ""));
    events.add(chunk("{'index':0,'delta':{},'finish_reason':'" + finish + "'}", ""));
    events.add(
        chunk("", ",'usage':{'prompt_tokens':1000,'completion_tokens':100,'total_tokens':1100}"));
    events.add(new String[] {"", "[DONE]"});
    return events;
  }

  private static List<String[]> plan() {
    return answer("{'content':'{\\\"goal\\\":\\\"g\\\",\\\"phases\\\":[\\\"only\\\"]}'}", "stop");
  }

  @Test
  void run_withAProvidersModel_callsToolsAndCosts() throws Exception {
    upstream
        .then(Upstream.stream(plan()))
        .then(Upstream.refuse(429, "0"))
        .then(
            Upstream.stream(
                answer(
                    "{'tool_calls':[{'index':0,'id':'a','type':'function','function':{'name':'create_file','arguments':'{\\\"path\\\":\\\"a.txt\\\",\\\"content\\\":\\\"hi\\\"}'}}]}",
                    "tool_calls")))
        .then(Upstream.stream(answer("{'content':'It is there.'}", "stop")));
    Execution run = bench.run("write a.txt");
    assertThat(run.error()).isNull();
    assertThat(run.result().asString()).isEqualTo("It is there.");
    assertThat(bench.read("a.txt")).isEqualTo("hi");
    assertThat(run.usage().totalTokens()).isEqualTo(3300);
    assertThat(run.usage().cost()).isEqualByComparingTo("0.006");
    assertThat(upstream.requests.getLast().path("messages").toString())
        .contains("\"tool_call_id\":\"a\"")
        .contains("\\\"bytes\\\":2");
  }

  @Test
  void key_isInNoEventOfARunThatItFails() throws Exception {
    upstream.then(Upstream.stream(plan())).then(Upstream.refuse(401, ""));
    Execution run = bench.run("x");
    assertThat(run.error().code()).isEqualTo(ErrorCode.MODEL_FAILED);
    assertThat(run.error().message()).contains("(401)");
    assertThat(bench.events().toString()).doesNotContain("very-secret");
  }

  @Test
  void cancelling_endsTheProvidersStream() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    upstream
        .then(Upstream.stream(plan()))
        .then(Upstream.stall(answer("{'content':'I think'}", "stop").subList(0, 1), reached));
    Thread working = bench.begin("x", null);
    reached.await();
    bench.cancel();
    assertThat(working.join(Duration.ofSeconds(1))).isTrue();
    assertThat(upstream.left.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(bench.execution().status()).isEqualTo(RunStatus.CANCELLED);
  }
}

package dev.freshet.agents.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.agents.event.ThoughtKind;
import dev.freshet.agents.tool.Toolbox;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class ProvidersTest {
  private static final String KEY = "sk-very-secret";

  private static final List<String[]> ANTHROPIC =
      List.of(
          event(
              "message_start",
              "{'message':{'id':'m','model':'claude','usage':{'input_tokens':11,'output_tokens':1}}}"),
          event(
              "content_block_start",
              "{'index':0,'content_block':{'type':'thinking','thinking':''}}"),
          event(
              "content_block_delta",
              "{'index':0,'delta':{'type':'thinking_delta','thinking':'Let me '}}"),
          event("ping", "{}"),
          event(
              "content_block_delta",
              "{'index':0,'delta':{'type':'thinking_delta','thinking':'see.'}}"),
          event(
              "content_block_delta",
              "{'index':0,'delta':{'type':'signature_delta','signature':'sig'}}"),
          event("content_block_stop", "{'index':0}"),
          event("content_block_start", "{'index':1,'content_block':{'type':'text','text':''}}"),
          event(
              "content_block_delta", "{'index':1,'delta':{'type':'text_delta','text':'I look.'}}"),
          event("content_block_stop", "{'index':1}"),
          event(
              "content_block_start",
              "{'index':2,'content_block':{'type':'tool_use','id':'a','name':'list_files','input':{}}}"),
          event("content_block_stop", "{'index':2}"),
          event(
              "content_block_start",
              "{'index':3,'content_block':{'type':'tool_use','id':'b','name':'calculate','input':{}}}"),
          event(
              "content_block_delta",
              "{'index':3,'delta':{'type':'input_json_delta','partial_json':'{\\'expression\\':'}}"),
          event(
              "content_block_delta",
              "{'index':3,'delta':{'type':'input_json_delta','partial_json':'\\'1+1\\'}'}}"),
          event("content_block_stop", "{'index':3}"),
          event(
              "message_delta", "{'delta':{'stop_reason':'tool_use'},'usage':{'output_tokens':25}}"),
          event("message_stop", "{}"));

  private static final List<String[]> OPENAI =
      List.of(
          chunk("{'role':'assistant','reasoning_content':'Let me '}", null),
          chunk("{'reasoning_content':'see.'}", null),
          chunk("{'content':'I '}", null),
          chunk("{'content':'look.'}", null),
          chunk(
              "{'tool_calls':[{'index':0,'id':'a','type':'function','function':{'name':'list_files','arguments':'{}'}}]}",
              null),
          chunk(
              "{'tool_calls':[{'index':1,'id':'b','type':'function','function':{'name':'calculate','arguments':''}}]}",
              null),
          chunk("{'tool_calls':[{'index':1,'function':{'arguments':'{\\'expression\\':'}}]}", null),
          chunk("{'tool_calls':[{'index':1,'function':{'arguments':'\\'1+1\\'}'}}]}", null),
          chunk("{}", "tool_calls"),
          event(
              "",
              "{'id':'x','object':'chat.completion.chunk','choices':[],'usage':{'prompt_tokens':11,'completion_tokens':25,'total_tokens':36}}"),
          event("", "[DONE]"));

  private Upstream upstream;
  private final List<String> pieces = new ArrayList<>();

  /** Backslash and quote is a quote within a string. */
  private static String[] event(String name, String data) {
    String json = data.replace("\\'", "\0").replace("'", "\"").replace("\0", "\\\"");
    if (json.startsWith("{"))
      json = "{\"type\":\"" + name + "\"" + (json.equals("{}") ? "" : ",") + json.substring(1);
    return new String[] {name, json};
  }

  private static String[] chunk(String delta, String finish) {
    return event(
        "",
        "{'id':'x','object':'chat.completion.chunk','model':'gpt','choices':[{'index':0,'delta':"
            + delta
            + ",'finish_reason':"
            + (finish == null ? "null" : "'" + finish + "'")
            + "}]}");
  }

  private static List<String[]> events(Provider provider) {
    return provider == Provider.ANTHROPIC ? ANTHROPIC : OPENAI;
  }

  @BeforeEach
  void start() throws Exception {
    upstream = new Upstream();
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  private ModelCall model(Provider provider) {
    Models models =
        new Models(
            new Models.Settings(
                provider,
                List.of("the-model"),
                upstream.url(),
                KEY,
                Map.of("the-model", new Price(new BigDecimal("3"), new BigDecimal("15"))),
                1000,
                0,
                Duration.ofSeconds(1),
                Duration.ZERO));
    return new ModelCall(models.find("the-model").chat(), 3, Duration.ofMillis(5));
  }

  private static ChatRequest request() {
    ToolExecutionRequest call =
        ToolExecutionRequest.builder().id("c").name("calculate").arguments("{}").build();
    return ChatRequest.builder()
        .messages(
            SystemMessage.from("be brief"),
            UserMessage.from("hello"),
            AiMessage.from(call),
            ToolExecutionResultMessage.builder()
                .id("c")
                .toolName("calculate")
                .text("no")
                .isError(true)
                .build())
        .toolSpecifications(ToolSpecs.of(new Toolbox(Toolbox.Settings.DEFAULT).offered()))
        .build();
  }

  private ChatResponse ask(Provider provider) throws Exception {
    return model(provider)
        .ask(
            request(),
            (kind, text) -> pieces.add((kind == ThoughtKind.REASONING ? "?" : "!") + text));
  }

  private void fails(Provider provider, String because) {
    assertThatThrownBy(() -> ask(provider))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(because)
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("127.0.0.1");
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "OPENAI"})
  void answer_comesInPieces_withItsCallsAndWhatItUsed(Provider provider) throws Exception {
    upstream.then(Upstream.stream(events(provider)));
    ChatResponse response = ask(provider);
    assertThat(
            String.join(
                "",
                pieces.stream().filter(p -> p.startsWith("?")).map(p -> p.substring(1)).toList()))
        .isEqualTo("Let me see.");
    assertThat(pieces.getLast()).endsWith("look.");
    assertThat(response.aiMessage().text()).isEqualTo("I look.");
    assertThat(response.aiMessage().toolExecutionRequests())
        .extracting(
            ToolExecutionRequest::id, ToolExecutionRequest::name, ToolExecutionRequest::arguments)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", "list_files", "{}"),
            org.assertj.core.groups.Tuple.tuple("b", "calculate", "{\"expression\":\"1+1\"}"));
    assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(11);
    assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(25);
    assertThat(upstream.keys.getFirst()).endsWith(KEY);
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "OPENAI"})
  void request_hasTheToolsWithTheirSchemas(Provider provider) throws Exception {
    upstream.then(Upstream.stream(events(provider)));
    ask(provider);
    JsonNode request = upstream.requests.getFirst();
    assertThat(request.path("model").asString()).isEqualTo("the-model");
    assertThat(request.path("stream").asBoolean()).isTrue();
    assertThat(request.path("max_tokens").asInt()).isEqualTo(1000);
    JsonNode create =
        request.path("tools").values().stream()
            .map(t -> provider == Provider.ANTHROPIC ? t : t.path("function"))
            .filter(t -> t.path("name").asString().equals("create_file"))
            .findFirst()
            .orElseThrow();
    JsonNode schema = create.path(provider == Provider.ANTHROPIC ? "input_schema" : "parameters");
    assertThat(schema.at("/properties/content/type").asString()).isEqualTo("string");
    assertThat(schema.at("/properties/replace/type").asString()).isEqualTo("boolean");
    assertThat(schema.path("required").toString()).isEqualTo("[\"path\",\"content\"]");
    assertThat(request.toString()).doesNotContain("run_command").contains("be brief");
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, 401, key",
    "OPENAI,    401, key",
    "ANTHROPIC, 403, key",
    "OPENAI,    404, no such model",
    "ANTHROPIC, 400, refused the request",
    "OPENAI,    400, refused the request"
  })
  void refusal_isNotTriedAgain_andTellsNoSecret(Provider provider, int status, String because) {
    upstream.then(Upstream.refuse(status, "")).then(Upstream.stream(events(provider)));
    fails(provider, because);
    assertThat(upstream.requests).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, 429",
    "OPENAI,    429",
    "ANTHROPIC, 529",
    "OPENAI,    503",
    "ANTHROPIC, 500"
  })
  void passingFailure_isTriedAgain(Provider provider, int status) throws Exception {
    upstream
        .then(Upstream.refuse(status, "0"))
        .then(Upstream.refuse(status, ""))
        .then(Upstream.stream(events(provider)));
    assertThat(ask(provider).aiMessage().text()).isEqualTo("I look.");
    assertThat(upstream.requests).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "OPENAI"})
  void failureThatStays_isGivenUp_andSaysHowOften(Provider provider) {
    for (int i = 0; i < 9; i++) upstream.then(Upstream.refuse(429, ""));
    fails(provider, "(429), 3 times");
    assertThat(upstream.requests).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "OPENAI"})
  void retryAfter_isWaitedFor(Provider provider) throws Exception {
    upstream.then(Upstream.refuse(429, "1")).then(Upstream.stream(events(provider)));
    long before = System.nanoTime();
    ask(provider);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(950));
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "OPENAI"})
  void streamThatBreaksOffAfterAPiece_isNoAnswer_andNotTriedAgain(Provider provider) {
    upstream
        .then(Upstream.stream(events(provider).subList(0, 4)))
        .then(Upstream.stream(events(provider)));
    fails(provider, "broke off");
    assertThat(pieces).isNotEmpty();
    assertThat(upstream.requests).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "OPENAI"})
  void connectionThatIsCutAfterAPiece_isNoAnswer(Provider provider) {
    upstream.then(exchange -> {
      Upstream.stream(events(provider).subList(0, 4)).to(exchange);
      throw new java.io.IOException("cut");
    });
    fails(provider, "broke off");
  }

  @Test
  void errorWithinTheStream_isNoAnswer() {
    List<String[]> events = new ArrayList<>(ANTHROPIC.subList(0, 4));
    events.add(event("error", "{'error':{'type':'overloaded_error','message':'sk-very-secret'}}"));
    upstream.then(Upstream.stream(events));
    fails(Provider.ANTHROPIC, "broke off");
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "OPENAI"})
  void nobodyThere_isSaid(Provider provider) {
    upstream.close();
    fails(provider, "can't be reached");
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "OPENAI"})
  void silence_isGivenUp(Provider provider) {
    for (int i = 0; i < 3; i++) upstream.then(exchange -> Thread.sleep(20_000));
    fails(provider, "in time, 3 times");
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "OPENAI"})
  void interrupt_endsTheStreamAtOnce_andItsConnection(Provider provider) throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    upstream.then(Upstream.stall(events(provider).subList(0, 4), reached));
    interrupted(provider, reached);
    assertThat(upstream.left.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "OPENAI"})
  void interrupt_endsTheWaitForAnAnswer(Provider provider) throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    upstream.then(exchange -> {
      reached.countDown();
      Thread.sleep(20_000);
    });
    interrupted(provider, reached);
  }

  private void interrupted(Provider provider, CountDownLatch reached) throws Exception {
    AtomicReference<Throwable> ended = new AtomicReference<>();
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                ask(provider);
              } catch (Throwable thrown) {
                ended.set(thrown);
              }
            });
    reached.await();
    asking.interrupt();
    assertThat(asking.join(Duration.ofSeconds(1))).isTrue();
    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "OPENAI"})
  void whatThePiecesThrow_endsTheCall(Provider provider) {
    upstream.then(Upstream.stall(events(provider).subList(0, 4), new CountDownLatch(1)));
    assertThatThrownBy(() ->
            model(provider)
                .ask(
                    request(),
                    (kind, text) -> {
                      throw new IllegalStateException("enough");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("enough");
  }

  @Test
  void price_isForAMillionTokens() {
    Price price = new Price(new BigDecimal("3"), new BigDecimal("15"));
    assertThat(price.of(1000, 200)).isEqualByComparingTo("0.006");
  }

  @Test
  void settings_neverShowTheSecret() {
    Models.Settings settings =
        new Models.Settings(
            Provider.OPENAI,
            List.of("m"),
            "http://x",
            KEY,
            Map.of(),
            1,
            0,
            Duration.ofSeconds(1),
            Duration.ZERO);
    assertThat(settings.toString()).doesNotContain(KEY);
  }
}

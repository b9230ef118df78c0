package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublishTest {
  private static final String RECEIPT =
      "{\"first\":\"p1\",\"position\":\"p2\",\"count\":2,\"duplicate\":false}";
  private static final Event EVENT = Event.of("orders/7", "order.created", Map.of("total", 12));

  private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
  private final RecordedTime time = new RecordedTime();
  private ScriptedServer server;
  private FreshetClient client;

  private FreshetClient client(ScriptedServer.Script script) throws IOException {
    server =
        new ScriptedServer(
            new Progress(),
            (n, request, socket) -> {
              requests.add(request);
              script.answer(n, request, socket);
            });
    client = FreshetClient.to(server.uri()).time(time).build();
    return client;
  }

  @AfterEach
  void close() throws IOException {
    if (client != null) client.close();
    if (server != null) server.close();
  }

  private List<String> header(String name) {
    return requests.stream().map(r -> r.headers().get(name).getFirst()).toList();
  }

  @Test
  void batch_published_isOneArrayWithOneKey_L4() throws Exception {
    Instant at = Instant.parse("2026-01-05T10:00:00Z");
    Published published =
        client((n, r, s) -> Replies.json(s, 201, RECEIPT))
            .publish(List.of(EVENT.at(at), Event.of("orders/7", "order.done", null).ending()));

    assertThat(published).isEqualTo(new Published("p1", "p2", 2, false));
    ReceivedRequest request = requests.getFirst();
    assertThat(request.method() + " " + request.path()).isEqualTo("POST /v1/events");
    assertThat(Json.readable(request.body()))
        .isEqualTo(
            Json.readable(
                """
                [{"topic":"orders/7","type":"order.created","data":{"total":12},"time":"2026-01-05T10:00:00Z"},
                 {"topic":"orders/7","type":"order.done","data":null,"end":true}]
                """));
    assertThat(header("idempotency-key").getFirst()).hasSize(36);
  }

  @Test
  void publish_answerLost_isRepeatedWithTheSameKey_L3() throws Exception {
    Published published =
        client(
                (n, r, s) -> {
                  if (n < 2) ScriptedServer.reset(s);
                  else Replies.json(s, 200, RECEIPT.replace("false", "true"));
                })
            .publish(EVENT);

    assertThat(published.duplicate()).isTrue();
    assertThat(header("idempotency-key"))
        .hasSize(3)
        .containsOnly(header("idempotency-key").getFirst());
    assertThat(requests.getFirst().body()).startsWith("{").isEqualTo(requests.get(2).body());
    assertThat(time.slept()).hasSize(2);
  }

  @Test
  void publish_callersKey_wins_L3() throws Exception {
    client((n, r, s) -> Replies.json(s, 201, RECEIPT)).publish(List.of(EVENT), "order-7");
    assertThat(header("idempotency-key")).containsExactly("order-7");
  }

  @Test
  void publish_overloaded_waitsAtLeastRetryAfter_R1() throws Exception {
    client(
            (n, r, s) -> {
              if (n == 0) Replies.problem(s, 503, "overloaded", "Retry-After: 7");
              else if (n == 1) Replies.problem(s, 429, "rate_limited");
              else Replies.json(s, 201, RECEIPT);
            })
        .publish(EVENT);
    assertThat(time.slept().getFirst()).isEqualTo(Duration.ofSeconds(7));
    assertThat(time.slept().get(1)).isLessThanOrEqualTo(Duration.ofMillis(400));
  }

  @Test
  void publish_refused_isNotRepeated_R4() throws Exception {
    FreshetClient refused =
        client((n, r, s) -> Replies.problem(s, 409, "topic_ended", "Retry-After: 1"));
    assertThatThrownBy(() -> refused.publish(EVENT))
        .asInstanceOf(type(ProblemException.class))
        .satisfies(p -> {
          assertThat(p.status()).isEqualTo(409);
          assertThat(p.code()).isEqualTo("topic_ended");
          assertThat(p.detail()).isEqualTo("why");
          assertThat(p.retryAfter()).contains(Duration.ofSeconds(1));
        });
    assertThat(requests).hasSize(1);
  }

  @Test
  void publish_patienceOver_throwsTheLastRefusal_R1() throws Exception {
    FreshetClient refused =
        client((n, r, s) -> Replies.problem(s, 503, "draining", "Retry-After: 25"));
    assertThatThrownBy(() -> refused.publish(EVENT)).hasMessage("draining: why");
    assertThat(requests).hasSize(3);
    assertThat(time.slept()).containsOnly(Duration.ofSeconds(25)).hasSize(2);
  }

  @Test
  void publish_nobodyThere_triesAgainUntilPatienceEnds_R1() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    client = FreshetClient.to(URI.create("http://127.0.0.1:" + port)).time(time).build();
    assertThatThrownBy(() -> client.publish(EVENT))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("no answer to POST /v1/events");
    assertThat(time.slept())
        .hasSizeGreaterThan(8)
        .allMatch(d -> d.compareTo(Duration.ofSeconds(10)) <= 0);
  }

  @Test
  void publish_tokenRefused_refreshesOnce_A2() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedServer strict =
            new ScriptedServer(
                new Progress(),
                (n, r, s) -> {
                  requests.add(r);
                  if (n == 1) Replies.json(s, 201, RECEIPT);
                  else Replies.problem(s, 401, "token_expired");
                });
        FreshetClient c = FreshetClient.to(strict.uri()).tokens(counting(asked)).build()) {
      c.publish(EVENT);
      assertThat(header("authorization")).containsExactly("Bearer t0", "Bearer t1");

      assertThatThrownBy(() -> c.publish(EVENT)).hasMessage("token_expired: why");
      assertThat(header("authorization").subList(2, 4)).containsExactly("Bearer t1", "Bearer t2");
      assertThat(requests).hasSize(4);
    }
  }

  private static TokenSource counting(AtomicInteger asked) {
    return new TokenSource() {
      @Override
      public String token() {
        return "t" + asked.get();
      }

      @Override
      public String refreshed(String refused) {
        return "t" + asked.incrementAndGet();
      }
    };
  }

  @Test
  void send_toAnApplication_carriesPathQueryAndBody() throws Exception {
    Answer answer =
        client((n, r, s) -> Replies.json(s, 201, "{\"uuid\":\"u\"}"))
            .send("POST", "/grids/7/registered?count=3", null);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo(Json.readable("{\"uuid\":\"u\"}"));
    assertThat(requests.getFirst().path()).isEqualTo("/grids/7/registered");
    assertThat(requests.getFirst().query()).containsEntry("count", List.of("3"));
    assertThat(requests.getFirst().headers()).doesNotContainKeys("authorization", "content-type");
  }

  @Test
  void base_thatIsNoServer_isRefused() {
    assertThatThrownBy(() -> FreshetClient.to(URI.create("localhost:8080")))
        .hasMessageContaining("give http(s)://HOST[:PORT]");
  }
}

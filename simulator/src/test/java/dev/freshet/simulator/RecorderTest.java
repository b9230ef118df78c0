package dev.freshet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.Delivery;
import dev.freshet.client.FollowOptions;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.Subscription;
import dev.freshet.client.TokenSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RecorderTest {
  @TempDir private Path directory;

  private volatile ToIntFunction<RecordingServer.Received> statuses = r -> 0;
  private final RecordingServer server = new RecordingServer(r -> statuses.applyAsInt(r));
  private final HttpClient http = HttpClient.newHttpClient();
  private Path file;
  private Recorder recorder;

  RecorderTest() throws IOException {}

  @BeforeEach
  void listen() throws IOException {
    file = directory.resolve("session.jsonl");
    recorder = new Recorder(free(), server.uri(), file);
  }

  private static InetSocketAddress free() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  @AfterEach
  void close() throws IOException {
    recorder.close();
    server.close();
    http.shutdownNow();
  }

  private URI uri(String target) {
    return URI.create("http://127.0.0.1:" + recorder.port() + target);
  }

  private int send(String method, String target, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(target)).method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) request.headers(headers);
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    return response.statusCode();
  }

  private List<Recorded> recorded() throws IOException {
    List<Recorded> all = new ArrayList<>();
    try (RecordingReader reader = new RecordingReader(file)) {
      for (Optional<Recorded> r = reader.next(); r.isPresent(); r = reader.next()) all.add(r.get());
    }
    return all;
  }

  @Test
  void report_passed_arrivesWithItsToken_andIsRecordedWithoutIt_A4() throws Exception {
    int status =
        send(
            "POST",
            "/acquisitions?x=%201",
            "{\"uuid\":\"a\", \"n\":1.50}",
            "Authorization",
            "Bearer secret",
            "Cookie",
            "freshet=secret",
            "Content-Type",
            "application/json");
    assertThat(status).isEqualTo(201);
    assertThat(server.accepted())
        .singleElement()
        .satisfies(r -> {
          assertThat(r.token()).isEqualTo("Bearer secret");
          assertThat(r.path()).isEqualTo("/acquisitions?x=%201");
          assertThat(r.body()).isEqualTo("{\"uuid\":\"a\", \"n\":1.50}");
        });
    assertThat(Files.readString(file)).doesNotContain("secret").endsWith("}\n");
    Recorded recorded = recorded().getFirst();
    assertThat(recorded)
        .usingRecursiveComparison()
        .ignoringFields("at")
        .isEqualTo(
            new Recorded(
                1,
                Duration.ZERO,
                "POST",
                "/acquisitions",
                "x=%201",
                "application/json",
                "{\"uuid\":\"a\", \"n\":1.50}",
                201,
                Map.of()));
  }

  @Test
  void reading_passed_isNotRecorded() throws Exception {
    send("POST", "/acquisitions", "{\"uuid\":\"u1\"}");
    assertThat(send("GET", "/acquisitions/u1", "")).isEqualTo(200);
    assertThat(send("GET", "/acquisitions/u2", "")).isEqualTo(404);
    assertThat(recorded()).hasSize(1);
  }

  @Test
  void refusal_passed_isRecordedWithItsStatus() throws Exception {
    send("POST", "/acquisitions", "{\"uuid\":\"a\"}");
    assertThat(send("POST", "/acquisitions", "{\"uuid\":\"a\"}")).isEqualTo(409);
    assertThat(recorded()).extracting(Recorded::status).containsExactly(201, 409);
  }

  @Test
  void names_thatTheServerGives_areRecorded() throws Exception {
    send("POST", "/debug/sessions/create-managed", "{\"agent_id\":\"a\"}");
    send("POST", "/agent/a/session/s0/heartbeat", "");
    assertThat(recorded())
        .extracting(Recorded::named)
        .containsExactly(Map.of("session_id", "s0"), Map.of());
  }

  @Test
  void server_away_is502() throws Exception {
    server.close();
    assertThat(send("POST", "/acquisitions", "{}")).isEqualTo(502);
    assertThat(send("GET", "/acquisitions", "")).isEqualTo(502);
    assertThat(recorded()).extracting(Recorded::status).containsExactly(502);
  }

  @Test
  void stream_passed_comesWhileItIsOpen() throws Exception {
    server.agents().instruct("i", Instructions.MOVE_STAGE);
    try (FreshetClient agent =
            FreshetClient.to(uri("")).tokens(TokenSource.of("agent-m12")).build();
        Subscription instructions =
            agent.follow(FollowOptions.of("/agent/a/session/s/instructions/stream"))) {
      assertThat(instructions.next(Duration.ofSeconds(10)))
          .containsInstanceOf(Delivery.Opened.class);
      instructions.next(Duration.ofSeconds(10));
      assertThat(instructions.next(Duration.ofSeconds(10)))
          .get()
          .isInstanceOfSatisfying(
              Delivery.PayloadReceived.class,
              received ->
                  assertThat(received.payload().path("instruction_id").asString()).isEqualTo("i"));
    }
  }

  @Test
  void body_thatIsNotText_isRecordedAsItIs() {
    byte[] bytes = {1, (byte) 0xFF, 0, 7};
    assertThat(Recorded.bytes(Recorded.text(bytes))).isEqualTo(bytes);
    assertThat(Recorded.bytes(Recorded.text("base64:no".getBytes(StandardCharsets.UTF_8))))
        .asString()
        .isEqualTo("base64:no");
    assertThat(Recorded.text(new byte[0])).isNull();
  }

  @Test
  void file_thatExists_isNotWrittenOver() {
    assertThatThrownBy(() -> new Recorder(free(), server.uri(), file))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void answers_outOfOrder_areReadInTheOrderOfArrival() throws Exception {
    var arrived = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    statuses =
        r -> {
          if (!r.path().equals("/slow")) return 0;
          arrived.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return 0;
        };
    Thread slow =
        Thread.startVirtualThread(() -> {
          try {
            send("POST", "/slow", "");
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    arrived.await();
    send("POST", "/fast", "");
    go.countDown();
    slow.join();
    assertThat(Files.readAllLines(file).getFirst()).contains("/fast");
    assertThat(recorded()).extracting(Recorded::path).containsExactly("/slow", "/fast");
  }

  @Test
  void body_pastTheBound_is413_R1() throws Exception {
    String large = "x".repeat((32 << 20) + 1);
    assertThat(send("POST", "/acquisitions", large)).isEqualTo(413);
    assertThat(server.requests()).isEmpty();
    await().until(() -> recorded().isEmpty());
  }
}

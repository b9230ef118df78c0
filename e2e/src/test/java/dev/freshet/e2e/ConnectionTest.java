package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.testkit.RawConnection;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 as peers speak it, well and badly, over raw sockets (R1). */
class ConnectionTest {
  private static final Pattern STATUS = Pattern.compile("HTTP/1.1 (\\d{3}) ");
  private static final String LIVE = "{\"status\":\"live\"}";
  private static final Map<String, String> SHORT =
      Map.of(
          "http.header-timeout", "300ms",
          "http.body-timeout", "2s",
          "http.keep-alive", "400ms",
          "limits.body", "64KiB",
          "limits.bodies", "1MiB",
          "limits.headers", "4KiB",
          "limits.header-count", "20",
          "limits.url", "1KiB");

  private static TestServer server;
  private static String token;

  @BeforeAll
  static void start() {
    server = TestServer.start(SHORT);
    token = server.token("acme", "me", List.of("**"), List.of("**"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RawConnection open() throws IOException {
    return RawConnection.open(server.port());
  }

  private static double problems(String code) {
    return server.metric("freshet_problems_total{code=\"" + code + "\"}");
  }

  private static String post(int length) {
    return "POST /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + token
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n";
  }

  @Test
  void connection_keptAlive_answersOneAfterTheOther() throws IOException {
    try (RawConnection raw = open()) {
      for (int i = 0; i < 3; i++) {
        assertThat(raw.head("GET /health/live HTTP/1.1", "Host: x").readUntil(LIVE))
            .startsWith("HTTP/1.1 200 OK");
      }
    }
  }

  @Test
  void head_longerThanOneRead_isAnswered() throws IOException {
    try (RawConnection raw = open()) {
      raw.send("GET /health/live HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(3900))
          .send("\r\n\r\n");
      assertThat(raw.readUntil(LIVE)).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void requests_pipelined_areAnsweredInOrder() throws IOException {
    try (RawConnection raw = open()) {
      String body = "{\"topic\":\"a\",\"type\":\"x\"}";
      raw.send(
          "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"
              + post(body.length())
              + "\r\n"
              + body
              + "GET /none HTTP/1.1\r\nHost: x\r\n\r\n"
              + "GET /health/ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(STATUS.matcher(raw.readAll()).results().map(m -> m.group(1)))
          .containsExactly("200", "201", "404", "200");
    }
  }

  @Test
  void requests_pipelinedByTheThousand_areAllAnswered() throws IOException {
    try (RawConnection raw = open()) {
      raw.send("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1000));
      raw.head("GET /health/live HTTP/1.1", "Host: x", "Connection: close");
      assertThat(raw.readAll().split("HTTP/1.1 200 OK", -1)).hasSize(1002);
    }
  }

  @Test
  void peer_thatHalfCloses_getsItsAnswers() throws IOException {
    try (RawConnection raw = open()) {
      raw.head("GET /health/live HTTP/1.1", "Host: x")
          .head("GET /health/ready HTTP/1.1", "Host: x")
          .halfClose();
      assertThat(raw.readAll()).contains("\"live\"", "\"ready\"");
    }
  }

  @Test
  void peer_thatHalfClosesInMidRequest_isLetGo() throws IOException {
    try (RawConnection raw = open()) {
      assertThat(raw.send("GET /health/live HT").halfClose().readAll()).isEmpty();
    }
    try (RawConnection raw = open()) {
      assertThat(raw.send(post(10) + "\r\n12345").halfClose().readAll()).isEmpty();
    }
  }

  private static void publishLong(int events) {
    for (int i = 0; i < events; i++) {
      server.freshet().tenant("acme").publish("long/" + i, "x", "y".repeat(60_000));
    }
  }

  private static RawConnection pollLong() throws IOException {
    return open()
        .head(
            "GET /v1/stream?topic=long/**&after=earliest&limit=1000 HTTP/1.1",
            "Host: x",
            "Accept: application/json",
            "Connection: close",
            "Authorization: Bearer " + token);
  }

  /**
   * What the socket's buffer takes. With epoll, Netty 4.2.18 cannot wait for more room of a peer
   * that has half-closed, and closes the connection instead.
   */
  @Test
  void peer_thatHalfCloses_getsALongAnswer() throws IOException {
    publishLong(3);
    try (RawConnection raw = pollLong().halfClose()) {
      assertThat(raw.readAll()).endsWith("}").hasSizeGreaterThan(180_000);
    }
  }

  @Test
  void peer_thatReadsLate_getsALongAnswerWhole() throws IOException {
    publishLong(100);
    try (RawConnection raw = pollLong()) {
      await().until(() -> server.metric("freshet_connections") > 1);
      assertThat(raw.readAll()).endsWith("}").hasSizeGreaterThan(4_000_000);
    }
  }

  @Test
  void peer_thatDoesNotTakeItsAnswer_isDisconnected_R1() throws IOException {
    publishLong(100);
    try (RawConnection raw = pollLong()) {
      await().until(() -> server.metric("freshet_connections") > 1);
      await().until(() -> server.metric("freshet_connections") == 1);
      assertThat(raw.readAll().length()).isLessThan(4_207_000);
    }
  }

  @Test
  void stream_whosePeerHalfClosesLater_isLetGo() throws IOException {
    try (RawConnection raw = open()) {
      raw.head("GET /v1/stream?topic=a HTTP/1.1", "Host: x", "Authorization: Bearer " + token);
      raw.readUntil("stream.live");
      await().until(() -> server.metric("freshet_stream_connections") == 1);
      raw.halfClose().readAll();
      await().until(() -> server.metric("freshet_stream_connections") == 0);
    }
  }

  @Test
  void stream_whosePeerHalfClosedWithTheRequest_isServed() throws IOException {
    try (RawConnection raw = open()) {
      raw.head("GET /v1/stream?topic=half HTTP/1.1", "Host: x", "Authorization: Bearer " + token)
          .halfClose();
      assertThat(raw.readUntil("stream.live")).contains("200 OK");
      server.freshet().tenant("acme").publish("half", "x", 1);
      assertThat(raw.readUntil("event: x")).contains("event: x");
    }
    await()
        .until(() -> {
          server.freshet().tenant("acme").publish("half", "x", 1);
          return server.metric("freshet_stream_connections") == 0;
        });
  }

  @Test
  void peer_ofHttp10_isAnsweredAndClosed() throws IOException {
    try (RawConnection raw = open()) {
      assertThat(raw.head("GET /health/live HTTP/1.0").readAll())
          .contains("200 OK", "connection: close", LIVE);
    }
  }

  @Test
  void head_ofAResource_hasItsLengthAndNoBody() throws IOException {
    try (RawConnection raw = open()) {
      String answer =
          raw.head("HEAD /health/live HTTP/1.1", "Host: x", "Connection: close").readAll();
      assertThat(answer).contains("200 OK", "content-length: 17").endsWith("\r\n\r\n");
    }
  }

  @Test
  void head_ofAStream_opensNone() throws IOException {
    try (RawConnection raw = open()) {
      raw.head(
          "HEAD /v1/stream?topic=a HTTP/1.1",
          "Host: x",
          "Authorization: Bearer " + token,
          "Connection: close");
      assertThat(raw.readAll())
          .contains("200 OK", "text/event-stream")
          .doesNotContain("content-length")
          .endsWith("\r\n\r\n");
    }
    assertThat(server.metric("freshet_stream_connections")).isZero();
  }

  @Test
  void options_ofAPath_namesItsMethods() throws IOException {
    try (RawConnection raw = open()) {
      String answer =
          raw.head("OPTIONS /v1/state/a/b HTTP/1.1", "Host: x", "Connection: close").readAll();
      assertThat(answer)
          .contains("204 No Content", "allow: DELETE, GET, HEAD, OPTIONS, PATCH, PUT");
    }
  }

  @Test
  void body_expected_isAskedFor() throws IOException {
    String body = "{\"topic\":\"a\",\"type\":\"x\"}";
    try (RawConnection raw = open()) {
      raw.send(post(body.length()) + "Expect: 100-continue\r\n\r\n");
      assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 Continue");
      assertThat(raw.send(body).readUntil("}")).startsWith("HTTP/1.1 201 Created");
    }
  }

  @Test
  void body_expectedButTooLarge_isRefusedBeforeItIsSent_R1() throws IOException {
    try (RawConnection raw = open()) {
      String answer = raw.send(post(10_000_000) + "Expect: 100-continue\r\n\r\n").readAll();
      assertThat(answer)
          .startsWith("HTTP/1.1 413")
          .doesNotContain("100 Continue")
          .contains("\"limit\":65536", "limits.body");
    }
  }

  @Test
  void body_announcedTooLarge_isRefusedAtOnce_andTheAnswerArrives_R1() throws IOException {
    double before = problems("body_too_large");
    try (RawConnection raw = open()) {
      raw.send(post(10_000_000) + "\r\n").send("x".repeat(1_000_000));
      assertThat(raw.readAll())
          .startsWith("HTTP/1.1 413")
          .contains("body_too_large", "connection: close");
    }
    assertThat(problems("body_too_large")).isEqualTo(before + 1);
  }

  @Test
  void body_chunkedTooLarge_isRefusedWhenItIs_R1() throws IOException {
    try (RawConnection raw = open()) {
      raw.head(
          "POST /v1/events HTTP/1.1",
          "Host: x",
          "Authorization: Bearer " + token,
          "Transfer-Encoding: chunked");
      for (int i = 0; i < 5; i++) raw.send("4000\r\n" + "x".repeat(0x4000) + "\r\n");
      assertThat(raw.readAll()).startsWith("HTTP/1.1 413").contains("body_too_large");
    }
  }

  @Test
  void body_chunkedBadly_isRefused() throws IOException {
    try (RawConnection raw = open()) {
      raw.head("POST /v1/events HTTP/1.1", "Host: x", "Transfer-Encoding: chunked")
          .send("zz\r\nxx\r\n");
      assertThat(raw.readAll()).startsWith("HTTP/1.1 400").contains("bad_request");
    }
  }

  @Test
  void bodies_tooManyAtOnce_areRefused_R1() throws IOException {
    List<RawConnection> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 17; i++) {
        slow.add(open().send(post(65_536) + "\r\n").send("x".repeat(65_535)));
      }
      StringBuilder answers = new StringBuilder();
      for (RawConnection raw : slow) answers.append(raw.readAll());
      assertThat(answers).contains("HTTP/1.1 503", "overloaded", "retry-after: 1");
    } finally {
      for (RawConnection raw : slow) raw.close();
    }
    try (RawConnection raw = open()) {
      String body = "{\"topic\":\"a\",\"type\":\"x\"}";
      assertThat(raw.send(post(body.length()) + "\r\n" + body).readUntil("}"))
          .startsWith("HTTP/1.1 201");
    }
  }

  @Test
  void head_thatDripsIn_isAnswered408AndClosed_R1() throws IOException {
    double before = problems("request_timeout");
    try (RawConnection raw = open()) {
      raw.send("GET /health/live HTTP/1.1\r\nHost: x\r\n");
      Thread dripping = Thread.ofVirtual().start(() -> drip(raw));
      assertThat(raw.readAll())
          .startsWith("HTTP/1.1 408")
          .contains("request_timeout", "retry-after");
      dripping.interrupt();
    }
    assertThat(problems("request_timeout")).isEqualTo(before + 1);
  }

  private static void drip(RawConnection raw) {
    try {
      while (!Thread.interrupted()) {
        raw.send("X-A: b\r\n");
        Thread.sleep(50);
      }
    } catch (IOException | InterruptedException e) {
      // the server has closed, or the test is over
    }
  }

  @Test
  void body_thatDoesNotCome_isAnswered408_R1() throws IOException {
    try (RawConnection raw = open()) {
      assertThat(raw.send(post(10) + "\r\n123").readAll())
          .startsWith("HTTP/1.1 408")
          .contains("request_timeout");
    }
  }

  @Test
  void connection_idle_isClosedWithoutAWord_R1() throws IOException {
    try (RawConnection raw = open()) {
      assertThat(raw.readAll()).isEmpty();
    }
    try (RawConnection raw = open()) {
      raw.head("GET /health/live HTTP/1.1", "Host: x").readUntil(LIVE);
      assertThat(raw.readAll()).isEmpty();
    }
  }

  @Test
  void head_tooLong_isRefused_R1() throws IOException {
    String longValue = "x".repeat(5000);
    double before = problems("header_too_large");
    try (RawConnection raw = open()) {
      assertThat(raw.head("GET / HTTP/1.1", "Host: x", "X-Long: " + longValue).readAll())
          .startsWith("HTTP/1.1 431")
          .contains("limits.headers");
    }
    try (RawConnection raw = open()) {
      assertThat(raw.head("GET /" + longValue + " HTTP/1.1", "Host: x").readAll())
          .startsWith("HTTP/1.1 431")
          .contains("limits.url");
    }
    try (RawConnection raw = open()) {
      raw.send("GET / HTTP/1.1\r\nHost: x\r\n").send("X-A: b\r\n".repeat(25)).send("\r\n");
      assertThat(raw.readAll())
          .startsWith("HTTP/1.1 431")
          .contains("limits.header-count", "\"value\":26");
    }
    assertThat(problems("header_too_large")).isEqualTo(before + 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
        "GET http://x/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "nonsense\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nBad Name: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\nx",
        "GET /v1/state/%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /health/live?a=%ff HTTP/1.1\r\nHost: a\r\n\r\n",
        "\u0016\u0003\u0001\u0002\r\n\r\n",
      })
  void request_malformed_isAnswered400_R1(String request) throws IOException {
    double before = problems("bad_request");
    try (RawConnection raw = open()) {
      assertThat(raw.send(request).halfClose().readAll())
          .startsWith("HTTP/1.1 400")
          .contains("bad_request");
    }
    assertThat(problems("bad_request")).isEqualTo(before + 1);
  }

  /** A request with both a length and chunks is how requests are smuggled past proxies. */
  @Test
  void request_withLengthAndChunks_doesNotSmuggleAnother_R1() throws IOException {
    try (RawConnection raw = open()) {
      raw.send(
          """
          POST /health/live HTTP/1.1
          Host: x
          Content-Length: 4
          Transfer-Encoding: chunked

          0

          GET /health/ready HTTP/1.1
          Host: x

          """
              .replace("\n", "\r\n"));
      assertThat(raw.halfClose().readAll()).doesNotContain("\"ready\"");
    }
  }

  @Test
  void connections_tooMany_areToldSoAndNobodyIsEvicted_R1() throws IOException {
    try (TestServer small = TestServer.start(Map.of("limits.connections", "3"))) {
      List<RawConnection> open = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        RawConnection raw = RawConnection.open(small.port());
        raw.head("GET /health/live HTTP/1.1", "Host: x").readUntil(LIVE);
        open.add(raw);
      }
      try (RawConnection fourth = RawConnection.open(small.port())) {
        assertThat(fourth.head("GET /health/live HTTP/1.1", "Host: x").readAll())
            .startsWith("HTTP/1.1 429")
            .contains("too_many_connections", "\"limit\":3", "limits.connections", "retry-after");
      }
      for (RawConnection raw : open) {
        assertThat(raw.head("GET /health/live HTTP/1.1", "Host: x").readUntil(LIVE))
            .contains("200 OK");
      }
      open.getFirst().close();
      await().until(() -> answers(small));
      for (RawConnection raw : open) raw.close();
    }
  }

  private static boolean answers(TestServer server) throws IOException {
    try (RawConnection raw = RawConnection.open(server.port())) {
      return raw.head("GET /health/live HTTP/1.1", "Host: x", "Connection: close")
          .readAll()
          .contains("200 OK");
    }
  }
}

package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.e2e.OrderService.Asked;
import dev.freshet.e2e.OrderService.Reply;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.StateCut;
import dev.freshet.proxy.Proxied;
import dev.freshet.proxy.Proxy;
import dev.freshet.testkit.RawConnection;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plain endpoint of another service as a live stream (PROTOCOL §8.8). */
class ProxyTest {
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration CHECK = Duration.ofMillis(400);
  private static final int MOST = 10_000;

  private final OrderService orders = new OrderService(token -> Reply.json(order("new")));
  private final Proxy proxy =
      new Proxy(
          List.of(
              proxied("orders", INTERVAL, CHECK, Duration.ofSeconds(10)),
              proxied("slow", INTERVAL, CHECK, Duration.ofMillis(300)),
              proxied("rare", Duration.ofHours(1), Duration.ofHours(1), Duration.ofSeconds(10))),
          MOST);
  private final TestServer server = TestServer.start(Map.of("stream.heartbeat", "1s"), proxy);
  private final String mine = server.token("acme", "me", List.of(), List.of());
  private final String hers = server.token("acme", "her", List.of(), List.of());
  private final List<RawConnection> open = new ArrayList<>();

  ProxyTest() throws IOException {}

  private Proxied proxied(String name, Duration interval, Duration check, Duration timeout) {
    return new Proxied(
        "/live/" + name + "/{id}",
        orders.url("/orders/{id}"),
        interval,
        check,
        "$.status in [done, failed]",
        timeout,
        32);
  }

  @AfterEach
  void close() throws IOException {
    leave();
    server.close();
    orders.close();
  }

  private void leave() throws IOException {
    for (RawConnection viewer : open) viewer.close();
  }

  private static String order(String status) {
    return "{\"status\":\"" + status + "\"}";
  }

  private static String document(String status) {
    return "data: " + order(status) + "\n";
  }

  private RawConnection watch(String token, String... headers) throws IOException {
    return connect("/live/orders/7", "Authorization: Bearer " + token, headers);
  }

  private RawConnection connect(String target, String credential, String... headers)
      throws IOException {
    RawConnection raw = RawConnection.open(server.port());
    open.add(raw);
    List<String> lines =
        new ArrayList<>(
            List.of(
                "GET " + target + " HTTP/1.1", "Host: x", "Accept: text/event-stream", credential));
    lines.addAll(List.of(headers));
    return raw.head(lines.toArray(String[]::new));
  }

  private static String lastId(String frames) {
    return Pattern.compile("(?m)^id: (.+)$")
        .matcher(frames)
        .results()
        .reduce((first, second) -> second)
        .orElseThrow()
        .group(1);
  }

  private void awaitNobody() {
    await().until(() -> proxy.watched() == 0);
    await().until(() -> server.freshet().tenant("acme").resources().active().isEmpty());
  }

  private List<String> kept() {
    List<String> values = new ArrayList<>();
    try (StateCut cut =
        server.freshet().tenant("acme").log().states(List.of(TopicPattern.of("$live/**")))) {
      cut.forEachRemaining(state -> values.add(String.valueOf(state.value())));
    }
    return values;
  }

  @Test
  void stream_isTheDocumentWheneverItHasChanged_A1() throws IOException {
    RawConnection viewer = watch(mine);
    assertThat(viewer.readUntil(document("new")))
        .contains("200 OK", "text/event-stream", "{\"resumed\":false");
    orders.says(order("paid"));
    assertThat(viewer.readUntil(document("paid"))).doesNotContain(document("new"));
    assertThat(orders.asked()).extracting(Asked::token).containsOnly(mine);
    assertThat(orders.asked()).extracting(Asked::uri).containsOnly("/orders/7");
    leave();
    awaitNobody();
    assertThat(kept()).isEmpty();
  }

  @Test
  void patches_areSentWhereTheyAreAskedFor() throws IOException {
    RawConnection viewer = connect("/live/orders/7?format=patch", "Authorization: Bearer " + mine);
    viewer.readUntil("stream.live");
    orders.says(order("paid"));
    assertThat(viewer.readUntil("\"paid\"")).contains("event: state.update", "\"base\":1");
  }

  @Test
  void polls_areOneForAllWhoSeeTheSame_andNoneWhenNobodyWatches() throws Exception {
    orders.says(Reply.json(order("new")).tagged("\"v1\""));
    List<String> tokens =
        IntStream.range(0, 4)
            .mapToObj(i -> server.token("acme", "user" + i, List.of(), List.of()))
            .toList();
    for (int i = 0; i < 40; i++) watch(tokens.get(i % 4)).readUntil(document("new"));
    assertThat(proxy.watched()).isEqualTo(1);
    // One for each credential, or more where its last answer was older than the interval.
    int joining = orders.asked().size();
    long begin = System.nanoTime();
    // In turn, so that a poll is a check too.
    await()
        .until(() ->
            orders.asked().stream().skip(joining).map(Asked::token).distinct().count() == 4
                && orders.asked().size() > joining + 8);
    List<Asked> polls = orders.asked().subList(joining, orders.asked().size());
    long elapsed = Duration.ofNanos(System.nanoTime() - begin).toMillis();
    assertThat(polls.size()).isLessThan((int) (elapsed / INTERVAL.toMillis()) + 6);
    assertThat(polls).extracting(Asked::answered).containsOnly(304);
    orders.says(Reply.json(order("paid")).tagged("\"v2\""));
    for (RawConnection viewer : open)
      assertThat(viewer.readUntil(document("paid"))).doesNotContain("stream.end");
    leave();
    awaitNobody();
    int then = orders.asked().size();
    Thread.sleep(300);
    assertThat(orders.asked()).hasSize(then);
    assertThat(server.freshet().tenant("acme").log().head().offset()).isEqualTo(3);
  }

  @Test
  void viewers_whoAreGivenDifferentDocuments_eachGetTheirOwn_A1() throws IOException {
    orders.says(token -> Reply.json(order(token.equals(mine) ? "mine" : "hers")).tagged("\"1\""));
    RawConnection me = watch(mine);
    RawConnection her = watch(hers);
    assertThat(me.readUntil(document("mine"))).doesNotContain("hers");
    assertThat(her.readUntil(document("hers"))).doesNotContain("mine");
    orders.says(token -> Reply.json(order(token.equals(mine) ? "mine2" : "hers2")).tagged("\"2\""));
    assertThat(me.readUntil(document("mine2"))).doesNotContain("hers");
    assertThat(her.readUntil(document("hers2"))).doesNotContain("mine");
  }

  @Test
  void viewer_whoIsGivenAnotherDocument_isMovedBeforeTheOthersGetTheirs_A1() throws IOException {
    String his = server.token("acme", "him", List.of(), List.of());
    RawConnection me = watch(mine);
    RawConnection him = watch(his);
    RawConnection her = watch(hers);
    for (RawConnection viewer : open) viewer.readUntil(document("new"));
    orders.says(token -> Reply.json(order(token.equals(hers) ? "hidden" : "paid")));
    assertThat(me.readUntil(document("paid"))).doesNotContain("hidden", "stream.end");
    assertThat(him.readUntil(document("paid"))).doesNotContain("hidden", "stream.end");
    String rest = her.readAll();
    assertThat(rest).contains("stream.end", "\"moved\"").doesNotContain("paid", "hidden");
    assertThat(watch(hers, "Last-Event-ID: " + lastId(rest)).readUntil(document("hidden")))
        .contains("event: stream.reset", "\"epoch\"")
        .doesNotContain("paid");
  }

  @ParameterizedTest
  @CsvSource({"401, expired", "403, revoked", "404, revoked"})
  void credential_thatUpstreamRefusesLater_isEndedThoughNothingChanged_A1(int status, String reason)
      throws IOException {
    RawConnection me = watch(mine);
    RawConnection her = watch(hers);
    me.readUntil(document("new"));
    her.readUntil(document("new"));
    orders.says(token -> token.equals(hers) ? Reply.status(status) : Reply.json(order("new")));
    assertThat(her.readAll()).contains("stream.end", "\"" + reason + "\"");
    orders.says(token -> token.equals(hers) ? Reply.status(status) : Reply.json(order("paid")));
    assertThat(me.readUntil(document("paid"))).doesNotContain("stream.end");
    assertThat(watch(hers).readUntil("\r\n")).contains(" " + status + " ");
  }

  @ParameterizedTest
  @CsvSource({
    "401, 401, unauthenticated",
    "403, 403, forbidden",
    "404, 404, not_found",
    "410, 404, not_found",
    "500, 503, upstream_failed",
    "429, 503, upstream_failed",
    "302, 503, upstream_failed",
    "304, 503, upstream_failed"
  })
  void refusal_ofUpstream_isTheAnswer_andNothingIsWritten_A1(int status, int answer, String code) {
    orders.says(Reply.status(status));
    for (String accept : List.of("text/event-stream", "application/json")) {
      HttpResponse<String> refused = server.client(mine).get("/live/orders/7", "Accept", accept);
      assertThat(refused.statusCode()).isEqualTo(answer);
      assertThat(code(refused)).isEqualTo(code);
      assertThat(refused.headers().firstValue("retry-after").isPresent()).isEqualTo(answer == 503);
      assertThat(refused.body()).doesNotContain("127.0.0.1");
    }
    assertThat(server.freshet().tenant("acme").log().head().offset()).isZero();
    assertThat(orders.asked()).extracting(Asked::uri).containsOnly("/orders/7");
    assertThat(proxy.watched()).isZero();
  }

  @Test
  void answer_thatIsNoDocument_isRefused_R1() {
    TestClient client = server.client(mine);
    orders.says(new Reply(200, "<p>", "", "text/html"));
    assertThat(code(client.get("/live/orders/7"))).isEqualTo("upstream_not_json");
    orders.says("{\"status\":");
    assertThat(code(client.get("/live/orders/7"))).isEqualTo("upstream_not_json");
    orders.says("\"" + "x".repeat(MOST) + "\"");
    assertThat(code(client.get("/live/orders/7"))).isEqualTo("upstream_too_large");
    orders.says(token -> {
      sleep(3000);
      return Reply.json(order("late"));
    });
    assertThat(code(client.get("/live/slow/7"))).isEqualTo("upstream_timeout");
    orders.close();
    assertThat(code(client.get("/live/orders/7"))).isEqualTo("upstream_unreachable");
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void failures_areShownAsStale_andItRecovers() throws IOException {
    RawConnection viewer = watch(mine);
    viewer.readUntil(document("new"));
    orders.says(Reply.status(500));
    assertThat(viewer.readUntil("\"retryAt\""))
        .contains("event: resource.stale", "\"code\":\"upstream_failed\"");
    assertThat(watch(mine).readUntil("\r\n")).contains(" 503 ");
    orders.says(order("paid"));
    assertThat(viewer.readUntil(document("paid"))).contains("event: resource.fresh");
  }

  @Test
  void terminal_endsTheStreams_andWhoHasSeenItIsToldNotToComeBack_U7() throws IOException {
    RawConnection viewer = watch(mine);
    viewer.readUntil(document("new"));
    orders.says(order("done"));
    String rest = viewer.readAll();
    assertThat(rest).contains(document("done"), "event: stream.end", "completed");
    awaitNobody();
    String id = "Last-Event-ID: " + lastId(rest);
    assertThat(watch(mine, id).readUntil("\r\n")).contains(" 204 ");
    assertThat(watch(hers).readAll()).contains(document("done"), "event: stream.end");
    orders.says(Reply.status(403));
    assertThat(watch(mine, id).readUntil("\r\n")).contains(" 403 ");
    assertThat(kept()).containsExactly(order("done"));
    assertThat(proxy.watched()).isZero();
  }

  @Test
  void terminalAtFirst_isSentWithTheEnd_U7() throws IOException {
    orders.says(order("failed"));
    String all = watch(mine).readAll();
    assertThat(all).contains(document("failed"), "event: stream.end", "completed");
    assertThat(watch(mine, "Last-Event-ID: " + lastId(all)).readUntil("\r\n")).contains(" 204 ");
  }

  @Test
  void terminalDocuments_thatDifferEachTime_areNotKeptWithoutBound_R1() throws IOException {
    for (int i = 0; i < 20; i++) {
      orders.says("{\"status\":\"done\",\"at\":" + i + "}");
      assertThat(watch(mine).readAll()).contains("\"at\":" + i, "completed");
      awaitNobody();
    }
    assertThat(kept()).hasSizeLessThanOrEqualTo(16);
  }

  @Test
  void gone_forAll_endsTheStreams_U7() throws IOException {
    RawConnection me = watch(mine);
    RawConnection her = watch(hers);
    me.readUntil(document("new"));
    her.readUntil(document("new"));
    orders.says(Reply.status(404));
    assertThat(me.readAll()).contains("stream.end", "completed");
    assertThat(her.readAll()).contains("stream.end", "completed");
    assertThat(watch(mine).readUntil("\r\n")).contains(" 404 ");
    awaitNobody();
    orders.says(order("again"));
    assertThat(watch(mine).readUntil(document("again"))).contains("200 OK");
  }

  @Test
  void document_withoutAStream_isWhatUpstreamGivesNow() {
    orders.says(token -> Reply.json(order(token.equals(mine) ? "mine" : "hers")));
    HttpResponse<String> answer = server.client(mine).get("/live/orders/7");
    assertThat(answer.body()).isEqualTo(order("mine"));
    assertThat(answer.headers().firstValue("content-type").orElse("")).contains("json");
    String tag = answer.headers().firstValue("etag").orElseThrow();
    assertThat(server.client(mine).get("/live/orders/7", "If-None-Match", tag).statusCode())
        .isEqualTo(304);
    assertThat(server.client(hers).get("/live/orders/7", "If-None-Match", tag).body())
        .isEqualTo(order("hers"));
    assertThat(server.stranger().get("/live/orders/7").statusCode()).isEqualTo(401);
    assertThat(orders.asked()).hasSize(3);
    assertThat(server.freshet().tenant("acme").log().head().offset()).isZero();
  }

  @Test
  void cookie_isShownToUpstreamAsTheTokenThatItIs_A4() throws IOException {
    String cookie =
        server
            .client(mine)
            .post("/v1/session", "")
            .headers()
            .firstValue("set-cookie")
            .orElseThrow();
    RawConnection viewer =
        connect("/live/orders/7", "Cookie: other=1; " + cookie.replaceFirst(";.*", ""));
    viewer.readUntil(document("new"));
    assertThat(orders.asked()).extracting(Asked::token).containsOnly(mine);
    for (Asked asked : orders.asked())
      assertThat(
              asked.headers().keySet().stream()
                  .map(String::toLowerCase)
                  .collect(Collectors.toSet()))
          .isSubsetOf(
              "accept", "authorization", "host", "user-agent", "if-none-match", "content-length");
  }

  @Test
  void document_isReadByNoGrantThatDoesNotSpellItOut_A1() throws IOException {
    watch(mine).readUntil(document("new"));
    TestClient all = server.client(server.token("acme", "all", List.of("**"), List.of("**")));
    String page = all.get("/v1/stream?topic=**", "Accept", "application/json").body();
    assertThat(page).doesNotContain("new", "$live");
    TestClient other = server.client(server.token("umbrella", "x", List.of("**"), List.of("**")));
    assertThat(other.get("/v1/stream?topic=$live/**", "Accept", "application/json").body())
        .doesNotContain("new");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "%2e%2e", "a%2Fb", "..%2Fadmin", "a%5Cb", "a%252Fb", "a%00b"})
  void parameter_thatIsNoSegment_isRefusedAndNotAskedFor(String id) throws IOException {
    String answer =
        connect("/live/orders/" + id, "Authorization: Bearer " + mine).readUntil("\r\n");
    assertThat(answer).contains(" 422 ");
    assertThat(orders.asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a%3Fb%23c, /orders/a%3Fb%23c",
    "a;b=c&d, /orders/a%3Bb%3Dc%26d",
    "%C3%A9, /orders/%C3%A9",
    "a..b, /orders/a..b"
  })
  void parameter_isEncoded_soThatItStaysOne(String id, String uri) throws IOException {
    connect("/live/orders/" + id, "Authorization: Bearer " + mine).readUntil(document("new"));
    assertThat(orders.asked().getFirst().uri()).isEqualTo(uri);
  }

  @Test
  void newcomer_whoseDocumentIsNews_hasTheOthersLookAtOnce() throws IOException {
    RawConnection me = connect("/live/rare/7", "Authorization: Bearer " + mine);
    me.readUntil(document("new"));
    orders.says(order("paid"));
    RawConnection her = connect("/live/rare/7", "Authorization: Bearer " + hers);
    assertThat(her.readUntil(document("paid"))).doesNotContain(document("new"));
    assertThat(me.readUntil(document("paid"))).doesNotContain("stream.end");
    assertThat(kept()).containsExactly(order("paid"));
  }
}

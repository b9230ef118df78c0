package dev.freshet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.access.Grant;
import dev.freshet.application.ClientStream;
import dev.freshet.application.ProblemException;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.log.TopicState;
import dev.freshet.subscription.Delivery;
import dev.freshet.subscription.EndReason;
import dev.freshet.subscription.Subscription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever upstream says to whom, and whenever it changes its mind: no stream shows a document that
 * upstream had not given to its credential by then (A1).
 */
@Timeout(60)
class AudiencePropertyTest {
  private static final int CREDENTIALS = 6;
  private static final int VIEWERS = 10;
  private static final int STEPS = 60;
  private static final int ENOUGH = 100;

  private final HttpServer http =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
  private final HttpClient client =
      HttpClient.newBuilder().executor(Executors.newVirtualThreadPerTaskExecutor()).build();
  private final Freshet freshet = Freshet.open(new MemoryLogStore());
  private final Tenant tenant = freshet.tenant("acme");
  private final Documents documents = new Documents();
  private final URI uri;
  private final Source source;

  /** What each credential is told: a document's text, or a status. */
  private final Map<String, String> says = new ConcurrentHashMap<>();

  private final Map<String, Set<String>> given = new ConcurrentHashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final AtomicInteger shown = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile boolean over;

  AudiencePropertyTest() throws IOException {
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", this::answer);
    http.start();
    uri = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/orders/7");
    Proxied settings =
        new Proxied(
            "/live/{id}",
            uri.toString(),
            Duration.ofMillis(4),
            Duration.ofMillis(30),
            "",
            Duration.ofSeconds(5),
            8);
    source =
        new Source(
            0,
            settings,
            new Paths("/live/{id}", uri.toString()),
            Until.NEVER,
            new Upstream(client, settings, 1000));
  }

  @AfterEach
  void close() {
    freshet.close();
    http.stop(0);
    client.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      String credential = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      String now = says.getOrDefault(credential, "404");
      if (now.matches("\\d+")) {
        exchange.sendResponseHeaders(Integer.parseInt(now), -1);
        return;
      }
      // The same tag for different documents: only what one credential was given may count.
      String tag = "\"" + now.replaceAll("\\D", "") + "\"";
      exchange.getResponseHeaders().set("ETag", tag);
      if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
        exchange.sendResponseHeaders(304, -1);
        return;
      }
      given.computeIfAbsent(credential, c -> ConcurrentHashMap.newKeySet()).add(now);
      byte[] body = now.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** A stream as the server has it: it stops between two deliveries, some time after it is told. */
  private static final class Stream implements ClientStream {
    private volatile @Nullable EndReason ending;
    private volatile @Nullable Runnable ended;

    @Override
    public String id() {
      return "stream";
    }

    @Override
    public String remoteAddress() {
      return "";
    }

    @Override
    public Instant since() {
      return Instant.EPOCH;
    }

    @Override
    public boolean resumed() {
      return false;
    }

    @Override
    public void end(EndReason reason, Runnable whenEnded) {
      ended = whenEnded;
      ending = reason;
    }
  }

  private void view(String credential, Random random) throws InterruptedException {
    Ticket ticket;
    try {
      ProxiedDocument.Place place =
          documents.use(
              tenant, source, uri, document -> document.place(new Credential(credential)));
      ticket = ((ProxiedDocument.Place.Seat) place).ticket();
    } catch (ProblemException refused) {
      Thread.sleep(random.nextInt(5));
      return;
    }
    if (random.nextInt(8) == 0) {
      ticket.discarded();
      return;
    }
    pause(random);
    Topic topic = ticket.audience().topic();
    Stream stream = new Stream();
    try (Subscription subscription =
        tenant.subscribe(Filter.of(topic.path()), Grant.of(topic.path()), Optional.empty())) {
      pause(random);
      boolean opened = random.nextBoolean();
      if (opened) ticket.opened(stream);
      int most = 5 + random.nextInt(200);
      for (int i = 0; i < most && !over && stream.ending == null; i++) {
        subscription
            .next(Duration.ofMillis(2))
            .ifPresent(delivery -> show(credential, topic, delivery));
        if (!opened) ticket.opened(stream);
        opened = true;
      }
    }
    Runnable ended = stream.ended;
    if (ended != null) ended.run();
    ticket.closed("gone");
  }

  private static void pause(Random random) throws InterruptedException {
    if (random.nextInt(3) == 0) Thread.sleep(random.nextInt(4));
  }

  private void show(String credential, Topic topic, Delivery delivery) {
    boolean changed =
        delivery instanceof Delivery.Value
            || (delivery instanceof Delivery.Received received
                && received.recorded().revision() != null);
    // As documents are shown: what the topic holds now.
    String text = tenant.states().get(topic).map(TopicState::value).map(Json::toString).orElse("");
    if (!changed || text.isEmpty()) return;
    shown.incrementAndGet();
    if (given.getOrDefault(credential, Set.of()).contains(text)) return;
    synchronized (wrong) {
      wrong.add(credential + " was shown " + text + " at " + topic);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void stream_showsOnlyWhatItsCredentialWasGiven_A1(long seed) throws Exception {
    Random random = new Random(seed);
    Map<Integer, Integer> groups = new HashMap<>();
    for (int c = 0; c < CREDENTIALS; c++) says.put("c" + c, document(0, 0));
    List<Thread> viewers = new ArrayList<>();
    for (int v = 0; v < VIEWERS; v++) {
      Random own = new Random(seed * 100 + v);
      String credential = "c" + v % CREDENTIALS;
      viewers.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (!over) view(credential, own);
                } catch (InterruptedException stopped) {
                  // The test has failed.
                }
              }));
    }
    // Until enough was shown, however slow the machine is.
    for (int step = 1; step <= STEPS || shown.get() < ENOUGH; step++) {
      for (int c = 0; c < CREDENTIALS; c++) {
        int what = random.nextInt(12);
        if (what < 3) groups.put(c, random.nextInt(3));
        String refusal =
            what == 11 ? List.of("401", "403", "404", "500").get(random.nextInt(4)) : "";
        says.put("c" + c, refusal.isEmpty() ? document(step, groups.getOrDefault(c, 0)) : refusal);
        if (random.nextInt(4) == 0) Thread.sleep(random.nextInt(6));
      }
      Thread.sleep(random.nextInt(30));
    }
    over = true;
    for (Thread viewer : viewers) viewer.join();
    assertThat(wrong).isEmpty();
    // All have gone, and with them the documents and the polls.
    assertThat(documents.size()).isZero();
    while (!tenant.resources().active().isEmpty()) Thread.sleep(2);
    int then = requests.get();
    Thread.sleep(50);
    assertThat(requests).hasValue(then);
    try (var cut = tenant.log().states(List.of(TopicPattern.of("$live/**")))) {
      assertThat(cut.hasNext()).isFalse();
    }
  }

  private static String document(int step, int group) {
    return "{\"step\":" + step / 3 + ",\"for\":\"" + "abc".charAt(group) + "\"}";
  }
}

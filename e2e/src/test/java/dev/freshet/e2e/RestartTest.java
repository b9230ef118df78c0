package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.ErrorStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import dev.freshet.client.Backoff;
import dev.freshet.client.Delivery;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.SubscribeOptions;
import dev.freshet.client.Subscription;
import dev.freshet.client.TokenSource;
import dev.freshet.testkit.TestServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** What is published while the server goes away and comes back arrives once and in order. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RestartTest {
  private static final List<String> ALL = List.of("**");

  private final TestServer server = TestServer.durable(Map.of("stream.retry", "100ms"));
  private final String token = server.token("acme", "me", ALL, ALL);
  private final FreshetClient client =
      FreshetClient.to(URI.create(server.url()))
          .tokens(TokenSource.of(token))
          .backoff(Backoff.of(Duration.ofMillis(20), Duration.ofMillis(200)))
          .build();
  private final List<Integer> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch live = new CountDownLatch(1);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  /** Drains, breaks and drains again, each time under load. */
  private void disturbed() throws InterruptedException {
    live.await();
    NumberPublisher publisher = new NumberPublisher(client);
    more();
    server.restart();
    more();
    server.kill();
    server.begin();
    more();
    server.restart();
    more();
    List<Integer> published = publisher.stop();
    await().atMost(Duration.ofSeconds(30)).until(() -> seen.size() >= published.size());
    assertThat(seen).isEqualTo(published);
  }

  private void more() {
    int now = seen.size();
    await().atMost(Duration.ofSeconds(30)).until(() -> seen.size() >= now + 50);
  }

  @Test
  void javaClient_throughRestarts_losesAndDoublesNothing_U2() throws Exception {
    SubscribeOptions options =
        SubscribeOptions.topics(NumberPublisher.TOPIC)
            .backoff(Backoff.of(Duration.ofMillis(100), Duration.ofSeconds(1)));
    try (Subscription subscription = client.subscribe(options)) {
      Thread.startVirtualThread(() -> subscription.forEach(this::note));
      disturbed();
    }
  }

  private void note(Delivery delivery) {
    if (delivery instanceof Delivery.Live) live.countDown();
    if (delivery instanceof Delivery.EventReceived received) {
      seen.add(received.event().data().intValue());
    }
  }

  @Test
  void okHttpEventSource_throughRestarts_losesAndDoublesNothing_U2() throws Exception {
    URI stream = URI.create(server.url() + "/v1/stream?topic=" + NumberPublisher.TOPIC);
    try (EventSource source =
        new EventSource.Builder(
                ConnectStrategy.http(stream).header("Authorization", "Bearer " + token))
            .errorStrategy(ErrorStrategy.alwaysContinue())
            .build()) {
      Thread.startVirtualThread(() -> source.messages().forEach(this::note));
      disturbed();
    }
  }

  private void note(MessageEvent message) {
    if (message.getEventName().equals("stream.live")) live.countDown();
    if (message.getEventName().equals(NumberPublisher.TYPE)) {
      seen.add(new JsonMapper().readTree(message.getData()).path("data").intValue());
    }
  }
}

package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
  private static final String OPEN =
      "event: stream.open\ndata: {\"resumed\":false,\"position\":\"p1\",\"heartbeatMs\":60000}\n\n";
  private static final SubscribeOptions ALL = SubscribeOptions.topics("**");

  private static ScriptedServer silentAfter(String frames) throws IOException {
    return new ScriptedServer(
        new Progress(),
        (n, r, s) -> {
          Replies.stream(s, frames);
          ScriptedServer.hold(s);
        });
  }

  @Test
  void next_withTimeout_isEmptyAndGoesOn() throws Exception {
    try (ScriptedServer server = silentAfter(OPEN);
        FreshetClient client = FreshetClient.to(server.uri()).build();
        Subscription subscription = client.subscribe(ALL)) {
      assertThat(subscription.next()).get().isInstanceOf(Delivery.Opened.class);
      assertThat(subscription.next(Duration.ofMillis(5))).isEmpty();
      assertThat(subscription.isOver()).isFalse();
    }
  }

  @Test
  void close_fromAnotherThread_wakesWhoPulls() throws Exception {
    try (ScriptedServer server = silentAfter(OPEN)) {
      FreshetClient client = FreshetClient.to(server.uri()).build();
      Subscription subscription = client.subscribe(ALL);
      subscription.next();
      CompletableFuture<Optional<Delivery>> pulled = pull(subscription);
      client.close();
      assertThat(pulled.get(5, TimeUnit.SECONDS)).isEmpty();
      assertThat(subscription.isOver()).isTrue();
    }
  }

  private static CompletableFuture<Optional<Delivery>> pull(Subscription subscription) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return subscription.next();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    });
  }

  @Test
  void iterator_interrupted_isCancelled() throws Exception {
    try (ScriptedServer server = silentAfter("");
        FreshetClient client = FreshetClient.to(server.uri()).build();
        Subscription subscription = client.subscribe(ALL)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> subscription.iterator().hasNext())
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void failure_pulledAgain_isThrownAgain() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(new Progress(), (n, r, s) -> Replies.problem(s, 403, "forbidden"));
        FreshetClient client = FreshetClient.to(server.uri()).build();
        Subscription subscription = client.subscribe(ALL)) {
      assertThatThrownBy(subscription::next).hasMessage("forbidden: why");
      assertThatThrownBy(subscription::next).hasMessage("forbidden: why");
    }
  }

  /** Who does not pull stops the server: sockets and one chunk are all that is filled. */
  @Test
  void reader_thatDoesNotPull_stopsTheServer_U5() throws Exception {
    String frame =
        "event: x\nid: p2\ndata: {\"topic\":\"a\",\"data\":\"" + "x".repeat(65_536) + "\"}\n\n";
    AtomicLong written = new AtomicLong();
    Progress progress = new Progress();
    try (ScriptedServer server =
            new ScriptedServer(
                progress,
                (n, r, s) -> {
                  Replies.stream(s, OPEN);
                  while (true) {
                    ScriptedServer.write(s, frame);
                    progress.change(written::incrementAndGet);
                  }
                });
        FreshetClient client = FreshetClient.to(server.uri()).build();
        Subscription subscription = client.subscribe(ALL)) {
      subscription.next();
      long filled = untilItStops(progress, written);
      assertThat(filled).isLessThan(1000);
      for (int i = 0; i < filled + 10; i++) assertThat(subscription.next()).isPresent();
      assertThat(subscription.position()).isEmpty();
    }
  }

  private static long untilItStops(Progress progress, AtomicLong written) throws Exception {
    long before;
    do {
      before = written.get();
      long mark = before;
      progress.await(300, () -> written.get() > mark + 100);
    } while (written.get() > before);
    return before;
  }
}

package dev.freshet.client.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.freshet.client.Delivery;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.SubscribeOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PushSubscriptionTest {
  private static final String STREAM =
      """
      event: stream.open
      data: {"resumed":true,"position":"p1","heartbeatMs":60000}

      event: x
      id: p2
      data: {"topic":"a/b","data":1}

      event: stream.end
      id: p2
      data: {"reason":"completed"}

      """;

  private final List<String> calls = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/stream",
        exchange -> {
          byte[] body = STREAM.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void listen(boolean failing) throws InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (FreshetClient client = FreshetClient.to(uri).build();
        PushSubscription push =
            PushSubscription.start(
                client, SubscribeOptions.topics("a/b"), new Recorder(calls, failing))) {
      assertThat(push.join(Duration.ofSeconds(10))).isTrue();
      assertThat(push.position()).contains("p2");
    }
  }

  @Test
  void listener_untilTheEnd_isCalledInOrder_U7() throws Exception {
    listen(false);
    assertThat(calls).containsExactly("Opened", "EventReceived", "Ended", "over");
  }

  @Test
  void listener_thatThrows_endsTheSubscription() throws Exception {
    listen(true);
    assertThat(calls).containsExactly("Opened", "EventReceived", "failed: enough");
  }

  private record Recorder(List<String> calls, boolean failing) implements DeliveryListener {
    @Override
    public void onDelivery(Delivery delivery) {
      calls.add(delivery.getClass().getSimpleName());
      if (failing && delivery instanceof Delivery.EventReceived) {
        throw new IllegalStateException("enough");
      }
    }

    @Override
    public void onFailure(RuntimeException failure) {
      calls.add("failed: " + failure.getMessage());
    }

    @Override
    public void onOver() {
      calls.add("over");
    }
  }
}

package dev.freshet.e2e;

import dev.freshet.client.Event;
import dev.freshet.client.FreshetClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Publishes 1, 2, 3 … until it is stopped, each once, whatever happens to the server. */
final class NumberPublisher {
  static final String TOPIC = "numbers/all";
  static final String TYPE = "number";

  private final CompletableFuture<Integer> published = new CompletableFuture<>();
  private volatile boolean stopped;

  NumberPublisher(FreshetClient client) {
    Thread.startVirtualThread(() -> publish(client));
  }

  private void publish(FreshetClient client) {
    try {
      int n = 0;
      while (!stopped) client.publish(Event.of(TOPIC, TYPE, ++n));
      published.complete(n);
    } catch (InterruptedException | RuntimeException e) {
      published.completeExceptionally(e);
    }
  }

  /** Stops, and gives all that was published, which was acknowledged. */
  List<Integer> stop() {
    stopped = true;
    return IntStream.rangeClosed(1, published.join()).boxed().toList();
  }
}

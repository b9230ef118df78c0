package dev.freshet.client.push;

import dev.freshet.client.Delivery;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.SubscribeOptions;
import dev.freshet.client.Subscription;
import java.time.Duration;
import java.util.Optional;

/**
 * Pulls a subscription on a virtual thread of its own and calls a listener, with the guarantees of
 * {@link Subscription}. Thread-safe.
 */
public final class PushSubscription implements AutoCloseable {
  private final Subscription subscription;
  private final DeliveryListener listener;
  private final Thread thread;

  private PushSubscription(Subscription subscription, DeliveryListener listener) {
    this.subscription = subscription;
    this.listener = listener;
    this.thread = Thread.ofVirtual().name("freshet-push").unstarted(this::run);
  }

  /** Subscribes and starts to call. Does not block. */
  public static PushSubscription start(
      FreshetClient client, SubscribeOptions options, DeliveryListener listener) {
    PushSubscription push = new PushSubscription(client.subscribe(options), listener);
    push.thread.start();
    return push;
  }

  private void run() {
    try (subscription) {
      for (Delivery delivery : subscription) listener.onDelivery(delivery);
    } catch (RuntimeException failure) {
      listener.onFailure(failure);
      return;
    }
    listener.onOver();
  }

  /** Where a new subscription would go on; see {@link Subscription#position}. */
  public Optional<String> position() {
    return subscription.position();
  }

  /**
   * Waits until the last call has returned.
   *
   * @return whether it has
   */
  public boolean join(Duration timeout) throws InterruptedException {
    return thread.join(timeout);
  }

  /** Ends the subscription; a call under way goes on. Does not block. */
  @Override
  public void close() {
    subscription.close();
  }
}

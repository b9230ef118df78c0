package dev.freshet.client.push;

import dev.freshet.client.Delivery;

/**
 * Who gets the deliveries of a subscription: one call at a time, in order, on one thread. A call
 * that takes long holds back the stream, not this program's memory; nothing is dropped.
 */
@FunctionalInterface
public interface DeliveryListener {
  /** What it throws ends the subscription and comes back by {@link #onFailure}. */
  void onDelivery(Delivery delivery);

  /** The subscription failed, and nothing more will come. The last call. */
  default void onFailure(RuntimeException failure) {}

  /** The subscription is over: ended by the server, or closed. The last call. */
  default void onOver() {}
}

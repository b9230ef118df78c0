import dev.freshet.client.Delivery;
import dev.freshet.client.Event;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.SubscribeOptions;
import dev.freshet.client.Subscription;
import dev.freshet.client.TokenSource;
import java.net.URI;
import java.util.Map;

/** Publishes to a server and follows it: {@code java Follow URL TOKEN}. */
public final class Follow {
  public static void main(String[] args) throws InterruptedException {
    try (FreshetClient freshet =
            FreshetClient.to(URI.create(args[0])).tokens(TokenSource.of(args[1])).build();
        Subscription orders = freshet.subscribe(SubscribeOptions.topics("orders/*"))) {
      for (Delivery delivery : orders) {
        switch (delivery) {
          case Delivery.Live live -> {
            freshet.state("orders/7").put(Map.of("status", "paid"));
            freshet.publish(Event.of("orders/7", "order.paid", Map.of("total", 12)));
          }
          case Delivery.StateChanged state ->
              System.out.println(state.topic() + " is now " + state.value());
          case Delivery.EventReceived received -> {
            System.out.println(received.event().type() + " " + received.event().data());
            return;
          }
          default -> {}
        }
      }
    }
  }
}

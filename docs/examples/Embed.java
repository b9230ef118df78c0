import dev.freshet.Freshet;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.subscription.Delivery;
import dev.freshet.subscription.Subscription;
import java.util.Map;

/** Freshet inside a Java program: publish, and read live in the same process. */
public final class Embed {
  public static void main(String[] args) throws InterruptedException {
    try (Freshet freshet = Freshet.open(new MemoryLogStore());
        Subscription orders = freshet.tenant("acme").subscribe("orders/**")) {
      Delivery delivery;
      do {
        delivery = orders.next().orElseThrow();
        System.out.println(delivery);
        if (delivery instanceof Delivery.Live) {
          freshet.tenant("acme").publish("orders/7", "order.created", Map.of("total", 12));
        }
      } while (!(delivery instanceof Delivery.Received));
    }
  }
}

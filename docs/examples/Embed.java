import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.subscription.Delivery;
import dev.freshet.subscription.Subscription;
import java.util.Map;

/** Freshet inside a Java program: publish, and read live in the same process. */
public final class Embed {
  public static void main(String[] args) throws InterruptedException {
    try (Freshet freshet = Freshet.open(new MemoryLogStore())) {
      Tenant tenant = freshet.tenant("acme");
      Subscription orders = tenant.subscribe("orders/**");
      tenant.publish("orders/7", "order.created", Map.of("total", 12));
      while (orders.next().orElseThrow() instanceof Delivery delivery) {
        System.out.println(delivery);
        if (delivery instanceof Delivery.Received) return;
      }
    }
  }
}

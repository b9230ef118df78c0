import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.resource.Lease;
import dev.freshet.resource.Loaded;
import dev.freshet.resource.Pace;
import dev.freshet.resource.Resource;
import dev.freshet.subscription.Delivery;
import dev.freshet.subscription.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A document that the program can load, as a live stream with an end. */
public final class Shipments {
  public static void main(String[] args) throws Exception {
    List<String> stages = List.of("packed", "packed", "on its way", "delivered");
    AtomicInteger queries = new AtomicInteger();
    Resource shipment =
        Resource.of(
                "shipments/7",
                before -> {
                  String stage = stages.get(queries.getAndIncrement());
                  Loaded.Value now = Loaded.of(Map.of("stage", stage));
                  return stage.equals("delivered") ? now.ending() : now;
                })
            .pace(Pace.every(Duration.ofMillis(20)));

    try (Freshet freshet = Freshet.open(new MemoryLogStore())) {
      Tenant tenant = freshet.tenant("acme");
      try (Subscription viewer = tenant.subscribe("shipments/7");
          Lease lease = tenant.resources().watch(shipment)) {
        lease.ready().get(5, TimeUnit.SECONDS);
        for (var next = viewer.next(); next.isPresent(); next = viewer.next()) {
          if (next.get() instanceof Delivery.Received received)
            System.out.println(received.recorded().revision().version());
          if (next.get() instanceof Delivery.End) System.out.println("end");
        }
      }
      System.out.println(tenant.states().get(shipment.topic()).orElseThrow().value());
      System.out.println(queries + " queries");
    }
  }
}

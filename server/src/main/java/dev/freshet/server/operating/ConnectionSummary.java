package dev.freshet.server.operating;

import dev.freshet.Tenant;
import dev.freshet.application.Summary;
import dev.freshet.event.Json;
import dev.freshet.server.operating.Rates.Seen;
import dev.freshet.server.stream.ConnectionInfo;
import dev.freshet.server.stream.Streams;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A tenant's streams: how many of which kind, and how much goes over them. */
final class ConnectionSummary implements Summary {
  private final Streams streams;
  private final Rates<Map<String, ConnectionInfo>> rates = new Rates<>();

  ConnectionSummary(Streams streams) {
    this.streams = streams;
  }

  private record Flow(double opened, double closed, double deliveries, double bytes) {}

  private record Connections(
      String tenant,
      int open,
      Map<String, Long> byTransport,
      Map<String, Long> byState,
      Flow rates) {}

  @Override
  public JsonNode of(Tenant tenant) {
    List<ConnectionInfo> all = list(tenant);
    List<ConnectionInfo> open = all.stream().filter(info -> info.closed().isEmpty()).toList();
    Connections connections =
        new Connections(
            tenant.name(),
            open.size(),
            count(open, ConnectionInfo::transport),
            count(open, ConnectionSummary::state),
            flow(tenant, all));
    return Json.from(connections).node();
  }

  private List<ConnectionInfo> list(Tenant tenant) {
    try {
      return streams.list(tenant.name());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Map<String, Long> count(
      List<ConnectionInfo> infos, Function<ConnectionInfo, String> by) {
    return infos.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
  }

  private static String state(ConnectionInfo info) {
    if (!info.writable()) return "stalled";
    return info.lag() > 0 ? "lagging" : "current";
  }

  /** What was closed before the last look counts no more; of what came since, everything does. */
  private Flow flow(Tenant tenant, List<ConnectionInfo> all) {
    Map<String, ConnectionInfo> counted = new HashMap<>();
    all.forEach(info -> counted.put(info.id(), info));
    Seen<Map<String, ConnectionInfo>> now = new Seen<>(counted, System.nanoTime());
    Seen<Map<String, ConnectionInfo>> before = rates.exchange(tenant, now);
    Map<String, ConnectionInfo> known = before.counted();
    long opened = counted.keySet().stream().filter(id -> !known.containsKey(id)).count();
    long closed =
        all.stream()
            .filter(info -> info.closed().isPresent() && !wasClosed(known.get(info.id())))
            .count();
    return new Flow(
        before.rate(opened, now.nanos()),
        before.rate(closed, now.nanos()),
        before.rate(growth(all, known, ConnectionInfo::deliveries), now.nanos()),
        before.rate(growth(all, known, ConnectionInfo::bytes), now.nanos()));
  }

  private static boolean wasClosed(@Nullable ConnectionInfo info) {
    return info != null && info.closed().isPresent();
  }

  private static long growth(
      List<ConnectionInfo> all,
      Map<String, ConnectionInfo> known,
      ToLongFunction<ConnectionInfo> of) {
    long growth = 0;
    for (ConnectionInfo info : all) {
      ConnectionInfo earlier = known.get(info.id());
      growth += of.applyAsLong(info) - (earlier == null ? 0 : of.applyAsLong(earlier));
    }
    return growth;
  }
}

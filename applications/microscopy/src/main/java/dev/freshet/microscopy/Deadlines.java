package dev.freshet.microscopy;

import dev.freshet.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What becomes due by time alone, and when to look at it: at the latest when it is due, maybe
 * earlier. Thread-safe.
 */
final class Deadlines {
  private final Map<Key, Instant> dates = new ConcurrentHashMap<>();

  /** What may be due. */
  sealed interface Key {
    Tenant tenant();
  }

  /**
   * @param agent a segment
   */
  record Silence(Tenant tenant, String agent) implements Key {}

  /**
   * @param instruction a segment
   */
  record Expiry(Tenant tenant, String instruction) implements Key {}

  /** A date of a key. */
  record Date(Key key, Instant at) {}

  void set(Date date) {
    dates.put(date.key(), date.at());
  }

  /** Forgets a date that was met, unless there is another one by now. */
  void met(Date date) {
    dates.remove(date.key(), date.at());
  }

  void forget(Key key) {
    dates.remove(key);
  }

  void clear() {
    dates.clear();
  }

  /** Those that are due by their tenants' clocks. */
  List<Date> due() {
    return dates.entrySet().stream()
        .filter(entry -> !entry.getValue().isAfter(entry.getKey().tenant().clock().instant()))
        .map(entry -> new Date(entry.getKey(), entry.getValue()))
        .toList();
  }
}

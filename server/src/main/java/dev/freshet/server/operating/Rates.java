package dev.freshet.server.operating;

import dev.freshet.Tenant;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;

/** How fast what is counted grew since it was looked at last, for each tenant. Thread-safe. */
final class Rates<T> {
  private final Map<Tenant, Seen<T>> seen = new WeakHashMap<>();

  /** What was counted, and when. */
  record Seen<T>(T counted, long nanos) {
    /** A second, to the tenth. */
    double rate(long growth, long now) {
      double seconds = (double) (now - nanos) / TimeUnit.SECONDS.toNanos(1);
      return seconds <= 0 ? 0 : Math.round(growth / seconds * 10) / 10.0;
    }
  }

  /**
   * Notes what is counted now, and answers what was before; the same at the first time, so that
   * nothing has grown.
   */
  synchronized Seen<T> exchange(Tenant tenant, Seen<T> now) {
    Seen<T> before = seen.put(tenant, now);
    return before == null ? now : before;
  }
}

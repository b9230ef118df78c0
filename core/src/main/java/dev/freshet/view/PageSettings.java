package dev.freshet.view;

import java.time.Duration;

/**
 * How much of the log is kept encoded in memory.
 *
 * @param page the largest page, in bytes; also the most that one write takes
 * @param window the most bytes of live pages a view holds; a reader further behind is served from
 *     the log
 * @param idle how long a view's pages stay after its last event
 * @param snapshot the largest snapshot, in bytes
 * @param snapshots the most bytes of snapshots being read at one time
 */
public record PageSettings(int page, int window, Duration idle, long snapshot, long snapshots) {
  public static final PageSettings DEFAULT =
      new PageSettings(64 << 10, 1 << 20, Duration.ofSeconds(1), 64L << 20, 512L << 20);

  public PageSettings {
    if (page < 1024 || window < page || snapshot < page || snapshots < snapshot) {
      throw new IllegalArgumentException(
          "pages need 1024 ≤ page ≤ window, page ≤ snapshot ≤ snapshots");
    }
  }
}

package dev.freshet.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

  private final Ids ids = new Ids();

  @Test
  void ids_sortNewestFirst_alsoWithinAMillisecond_andIfTheClockGoesBack() {
    String first = ids.next(NOW);
    String second = ids.next(NOW);
    String third = ids.next(NOW.minus(Duration.ofHours(1)));
    String fourth = ids.next(NOW.plusSeconds(1));
    assertThat(first).isGreaterThan(second);
    assertThat(second).isGreaterThan(third);
    assertThat(third).isGreaterThan(fourth);
  }

  @Test
  void olderThan_dividesByTime() {
    assertThat(Ids.olderThan(NOW)).isLessThan(ids.next(NOW.minusMillis(1)));
    assertThat(Ids.olderThan(NOW)).isGreaterThan(ids.next(NOW.plusMillis(1)));
  }

  @Test
  void valid_isWhatWasMade() {
    assertThat(Ids.valid(ids.next(NOW))).isTrue();
    assertThat(Ids.valid(ids.next(NOW).toUpperCase(java.util.Locale.ROOT))).isFalse();
    assertThat(Ids.valid("")).isFalse();
  }
}

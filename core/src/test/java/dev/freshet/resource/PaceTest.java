package dev.freshet.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
  private static final Pace PACE =
      Pace.DEFAULT.retry(Duration.ofMillis(100), Duration.ofMillis(1000));

  @ParameterizedTest
  @CsvSource({"1, 100", "2, 200", "3, 400", "5, 1000", "1000, 1000"})
  void backoff_afterFailures_isAnywhereUpToABoundThatDoubles(int failures, long boundMillis) {
    List<Long> waits =
        IntStream.range(0, 500)
            .mapToObj(i -> PACE.backoff(failures, Duration.ZERO).toMillis())
            .toList();
    assertThat(waits).allMatch(wait -> wait >= 0 && wait <= boundMillis);
    assertThat(waits).anyMatch(wait -> wait < boundMillis / 4);
    assertThat(waits).anyMatch(wait -> wait > boundMillis * 3 / 4);
  }

  @Test
  void backoff_withRetryAfter_isNoSooner() {
    assertThat(PACE.backoff(1, Duration.ofSeconds(7))).isGreaterThan(Duration.ofSeconds(7));
  }

  @Test
  void pace_withoutAnInterval_isRefused() {
    assertThatThrownBy(() -> Pace.every(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Backoff BACKOFF = Backoff.of(Duration.ofMillis(100), Duration.ofSeconds(1));

  @Test
  void ceiling_eachTry_doublesUpToTheCap() {
    assertThat(Stream.iterate(BACKOFF, Backoff::next).limit(6).map(b -> b.ceiling().toMillis()))
        .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
  }

  @Test
  void ceiling_afterAThousandTries_isTheCap() {
    Backoff late = Stream.iterate(BACKOFF, Backoff::next).skip(1000).findFirst().orElseThrow();
    assertThat(late.ceiling()).isEqualTo(Duration.ofSeconds(1));
    assertThat(late.first()).isEqualTo(BACKOFF);
  }

  @Test
  void delay_ofManyTries_isSpreadOverAllOfTheCeiling() {
    Random random = new Random(7);
    double[] millis =
        Stream.generate(() -> BACKOFF.delay(random))
            .limit(10_000)
            .mapToDouble(this::millis)
            .toArray();
    assertThat(Arrays.stream(millis)).allMatch(m -> m >= 0 && m <= 100);
    assertThat(Arrays.stream(millis).average().orElseThrow()).isBetween(48.0, 52.0);
  }

  private double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  @Test
  void base_aboveTheCap_isTheCap() {
    assertThat(BACKOFF.withBase(Duration.ofHours(1)).ceiling()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void base_belowZero_isRefused() {
    assertThatThrownBy(() -> BACKOFF.withBase(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-05T10:00:00Z, 2026-01-05T10:00:00Z",
    "2026-01-05T10:00:00.123456+01:00, 2026-01-05T10:00:00.123456+01:00",
    "2026-01-05T10:00:00, 2026-01-05T10:00:00Z",
    "2026-01-05 10:00:00.5, 2026-01-05T10:00:00.5Z",
    "2026-01-05T10:00, 2026-01-05T10:00:00Z"
  })
  void withZone_aTime_hasAZone(String given, String answered) {
    assertThat(Timestamps.withZone(given)).contains(answered);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "2026-01-05", "2026-02-30T10:00:00Z", "1767607200", "10:00"})
  void withZone_notATime_isEmpty(String given) {
    assertThat(Timestamps.withZone(given)).isEmpty();
  }

  @Test
  void withZone_aZoneName_isItsOffset() {
    assertThat(Timestamps.withZone("2026-01-05T10:00:00+01:00[Europe/Berlin]"))
        .contains("2026-01-05T10:00:00+01:00");
  }
}

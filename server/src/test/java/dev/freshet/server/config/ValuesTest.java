package dev.freshet.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @CsvSource({"250ms,250", "15s,15000", "5m,300000", "24h,86400000", "7d,604800000", "0s,0"})
  void duration_text_andBack(String text, long millis) {
    Duration duration = Durations.parse(text);
    assertThat(duration).isEqualTo(Duration.ofMillis(millis));
    assertThat(Durations.parse(Durations.text(duration))).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "15", "-1s", "1.5s", "1w", "ms", "99999999999999999999s"})
  void duration_malformed_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"512,512", "64KiB,65536", "1MiB,1048576", "2GiB,2147483648", "0,0"})
  void size_text_andBack(String text, long bytes) {
    assertThat(Size.parse(text)).isEqualTo(new Size(bytes)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "KiB", "1KB", "-1", "1.5MiB"})
  void size_malformed_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Size.parse(text));
  }
}

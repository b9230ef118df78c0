package dev.freshet.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.server.config.Config;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  private final Origins origins =
      new Origins(
          Config.of(Map.of("cors.origins", "https://app.example,http://localhost:5173")).cors());

  private static HttpHeaders from(String origin) {
    return new DefaultHttpHeaders().add("Host", "live.example:8080").add("Origin", origin);
  }

  @Test
  void origin_listed_isNamedWithCredentials_A4() {
    assertThat(origins.headers(from("https://app.example")))
        .contains(
            Map.entry("access-control-allow-origin", "https://app.example"),
            Map.entry("access-control-allow-credentials", "true"),
            Map.entry("vary", "Origin"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "https://app.example.evil.example",
        "http://app.example",
        "*"
      })
  void origin_notListed_isNeverReflected_A4(String origin) {
    assertThat(origins.headers(from(origin))).containsExactly(Map.entry("vary", "Origin"));
    assertThat(origins.permissions(from(origin))).isEmpty();
    assertThatThrownBy(() -> origins.checkWrite(from(origin))).isInstanceOf(AuthException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://app.example", "http://live.example:8080", "https://live.example:8080"})
  void write_fromTheServersOwnOrListedOrigin_passes_A4(String origin) {
    assertThatCode(() -> origins.checkWrite(from(origin))).doesNotThrowAnyException();
  }

  @Test
  void write_withoutOrigin_isRefused_A4() {
    HttpHeaders headers = new DefaultHttpHeaders().add("Host", "live.example:8080");
    assertThatThrownBy(() -> origins.checkWrite(headers)).isInstanceOf(AuthException.class);
  }
}

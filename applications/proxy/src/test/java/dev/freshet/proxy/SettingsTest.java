package dev.freshet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static Proxied proxied(String path, String upstream, String until) {
    Duration second = Duration.ofSeconds(1);
    return new Proxied(path, upstream, second, second, until, second, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "'', http://a/b, path",
    "live/x, http://a/b, path",
    "/, http://a/b, path",
    "/live/, http://a/b, path",
    "/live//x, http://a/b, path",
    "/live/../x, http://a/b, path",
    "/live/a{id}, http://a/b, path",
    "/live/{}, http://a/b, path",
    "/live/{id}/{id}, http://a/b, path",
    "/live/{id, http://a/b, path",
    "/live?x=1, http://a/b, path",
    "/live/%2e, http://a/b, path",
    "/live, '', upstream",
    "/live, /orders, upstream",
    "/live, ftp://a/b, upstream",
    "/live, http:///b, upstream",
    "/live, http://u:p@a/b, upstream",
    "/live, http://a/b#c, upstream",
    "/live, http://a/../b, upstream",
    "/live, http://a/{id}, upstream",
    "/live/{id}, 'http://{id}/b', upstream",
    "/live/{id}, 'http://a.{id}:80/b', upstream",
    "/live/{id}, 'http://a?{id}', upstream",
    "/live/{id}, 'http://a/{{id}}', upstream",
    "/live/{id}, 'http://a/}{id}', upstream",
    "/live/{id}, 'http://a/b c', upstream",
    "/live/{id}, '{id}://a/b', upstream"
  })
  void setting_notAllowed_isNamed_R2(String path, String upstream, String key) {
    assertThatThrownBy(() ->
            new Proxy(List.of(proxied("/ok", "http://a/b", ""), proxied(path, upstream, "")), 1))
        .isInstanceOfSatisfying(
            SettingException.class,
            wrong -> {
              assertThat(wrong.key()).isEqualTo(key);
              assertThat(wrong.index()).isEqualTo(1);
              assertThat(wrong.allowed()).startsWith("is a ");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "/live/orders/{id}, https://orders.example/orders/{id}",
    "/live, http://[::1]:8080/b?c=d",
    "/{a}/{b2}, 'http://a/x-{a}.json?q={b2}&r={a}'"
  })
  void setting_allowed_isTaken(String path, String upstream) {
    assertThatCode(() -> new Proxy(List.of(proxied(path, upstream, "$.a exists")), 1))
        .doesNotThrowAnyException();
  }

  @Test
  void url_holdsTheValues_encoded() {
    Paths paths = new Paths("/{a}/{b}", "https://o.example:8443/x-{a}.json?q={b}&r={a}");
    assertThat(paths.upstream(Map.of("a", "1 &=?#;+$é😀\"<>", "b", "..c~._-")))
        .hasToString(
            "https://o.example:8443/x-1%20%26%3D%3F%23%3B%2B%24%C3%A9%F0%9F%98%80%22%3C%3E.json"
                + "?q=..c~._-&r=1%20%26%3D%3F%23%3B%2B%24%C3%A9%F0%9F%98%80%22%3C%3E");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a\\b", "%2e", "a\u0000", "a\nb", "a\u007f"})
  void value_thatIsNoSegment_isRefused_A1(String value) {
    Paths paths = new Paths("/{a}", "https://o.example/{a}");
    assertThatThrownBy(() -> paths.upstream(Map.of("a", value)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.freshet.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.TopicPattern;
import dev.freshet.log.Retention.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
  private static final Map<String, String> NOTHING = Map.of();

  @TempDir private Path directory;

  @Test
  void config_everyKeyAndDefault_isPinned_R2() {
    String keys =
        Sources.keys().stream()
            .map(key -> key.name() + "=" + key.setting().value())
            .collect(Collectors.joining("\n"));
    assertThat(keys).isEqualTo(Pinned.KEYS.strip());
  }

  @Test
  void shown_isEveryKey_asItWouldBeWritten() {
    Config config = Config.of(Map.of("stream.heartbeat", "7s", "log.retention", "a/** count=5"));
    Map<String, String> shown = config.shown();
    assertThat(shown.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Sources.keys().stream().filter(key -> !key.repeated()).map(Key::name).toList());
    assertThat(shown).containsEntry("stream.heartbeat", "7s").containsEntry("auth.secret", "");
    assertThat(Config.of(shown)).isEqualTo(config);
  }

  @Test
  void shown_ofASecret_saysOnlyThatItIsSet() {
    String secret = "not 2 be seen by anybody, 0123456789";
    Config config =
        Config.of(Map.of("auth.secret", secret, "auth.jwks-url", "https://u:p4ss@example.org/k"));
    assertThat(config.shown())
        .containsEntry("auth.secret", "set")
        .containsEntry("auth.jwks-url", "set");
    assertThat(config.shown().values())
        .noneMatch(text -> text.contains(secret) || text.contains("p4ss"));
  }

  @Test
  void config_withoutAnySetting_hasTheDefaults_R2() {
    Config config = Config.of(NOTHING);
    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.port()).isEqualTo(8080);
    assertThat(config.stream().heartbeat()).isEqualTo(Duration.ofSeconds(15));
    assertThat(config.limits().body()).isEqualTo(new Size(8 << 20));
    assertThat(config.log().retention())
        .containsExactly(new Rule(TopicPattern.ALL, Duration.ofDays(7), 10_000_000, 8L << 30));
    assertThat(config.auth().algorithms()).containsExactly(AuthConfig.Algorithm.values());
  }

  @Test
  void config_laterSource_wins_R2() throws IOException {
    Path file =
        file(
            """
            port: 1000
            host: 0.0.0.0
            stream:
              heartbeat: 1s
              retry: 3s
            cors.origins: [https://a.example, https://b.example]
            """);
    Config config =
        Sources.load(
            Optional.of(file),
            Map.of("FRESHET_PORT", "2000", "FRESHET_STREAM_HEARTBEAT", "2s", "PATH", "/bin"),
            Map.of("port", "3000"));
    assertThat(config.port()).isEqualTo(3000);
    assertThat(config.stream().heartbeat()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.stream().retry()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.host()).isEqualTo("0.0.0.0");
    assertThat(config.cors().origins()).containsExactly("https://a.example", "https://b.example");
  }

  @Test
  void resources_fromFileEnvironmentAndFlags_areOne() throws IOException {
    Path file =
        file(
            """
            resources:
              - path: /live/orders/{id}
                upstream: https://orders.example/orders/{id}
                until: $.status in [done, failed]
              - {path: /live/a, upstream: "https://a.example", interval: 5s}
            """);
    Config config =
        Sources.load(
            Optional.of(file),
            Map.of("FRESHET_RESOURCES_0_INTERVAL", "2s", "FRESHET_RESOURCES_1_PATH", "/live/b"),
            Map.of("resources[0].check", "1m", "resources[2].path", "/live/c"));
    assertThat(config.resources())
        .extracting(ResourceConfig::path)
        .containsExactly("/live/orders/{id}", "/live/b", "/live/c");
    ResourceConfig first = config.resources().getFirst();
    assertThat(first.until()).isEqualTo("$.status in [done, failed]");
    assertThat(first.interval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(first.check()).isEqualTo(Duration.ofMinutes(1));
    assertThat(first.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.shown()).containsEntry("resources[1].interval", "5s");
    assertThat(Config.of(config.shown())).isEqualTo(config);
    assertThat(Sources.load(Optional.of(file("resources: []\n")), NOTHING, NOTHING).resources())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resources: {path: /x} | resources.path: unknown key; did you mean 'resources[].path'?",
        "resources: [/x] | resources[0]: unknown key; docs/configuration.md lists them",
        "resources: [{paht: /x}] | resources[0].paht: unknown key; did you mean 'resources[].path'?",
        "resources: [{interval: 1ms}] | resources[0].interval: '1ms' is not allowed; allowed is a duration such as 250ms, 15s, 5m, 24h or 7d, from 100ms to 1h",
        "resources: [{path: /x, interval: 1m}] | resources[].check: '30s' is not allowed; allowed is at least the interval of '/x', 1m",
        "'resources[1].path: /x' | resources[1]: there is no resources[0]; allowed are items numbered from 0",
        "'resources[01].path: /x' | resources[01].path: unknown key; did you mean 'resources[].path'?",
        "'resources[].path: /x' | resources[].path: unknown key; did you mean 'resources[].path'?",
      })
  void resources_notAllowed_areNamedInOneLine_R2(String yaml, String message) throws IOException {
    Path file = file(yaml + "\n");
    assertThatThrownBy(() -> Sources.load(Optional.of(file), NOTHING, NOTHING))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port|eighty|port: 'eighty' is not allowed; allowed is a whole number, from 0 to 65535",
        "port|70000|port: '70000' is not allowed; allowed is a whole number, from 0 to 65535",
        "mode|prod|mode: 'prod' is not allowed; allowed is one of development, production",
        "stream.heartbeat|15|stream.heartbeat: '15' is not allowed; allowed is a duration such as 250ms, 15s, 5m, 24h or 7d, from 1s to 30s",
        "limits.body|8MB|limits.body: '8MB' is not allowed; allowed is a size such as 512, 64KiB, 1MiB or 2GiB, from 1KiB to 1GiB",
        "limits.body|99999999999GiB|limits.body: '99999999999GiB' is not allowed; allowed is a size such as 512, 64KiB, 1MiB or 2GiB, from 1KiB to 1GiB",
        "metrics.open|yes|metrics.open: 'yes' is not allowed; allowed is true or false",
        "cors.origins|*|cors.origins: '*' is not allowed; allowed are origins such as https://app.example: no path, no wildcard",
        "auth.jwks-url|file:///etc/passwd|auth.jwks-url: 'file:///etc/passwd' is not allowed; allowed is an http or https URL",
        "log.retention|a/** age=never|log.retention: 'a/** age=never' is not allowed; allowed is rules such as 'tasks/** age=7d count=1000000 bytes=1GiB', joined by commas",
        "stream.window|64KiB|",
        "stream.page|2MiB|stream.window: '1MiB' is not allowed; allowed is at least stream.page, 2MiB",
        "stream.hartbeat|15s|stream.hartbeat: unknown key; did you mean 'stream.heartbeat'?",
        "colour|red|colour: unknown key; docs/configuration.md lists them",
      })
  void setting_notAllowed_isNamedInOneLine_R2(String key, String value, String message) {
    if (message == null) {
      assertThat(Config.of(Map.of(key, value))).isNotNull();
      return;
    }
    assertThatThrownBy(() -> Config.of(Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @Test
  void defaults_ofACommand_yieldToAllElse() {
    Map<String, String> defaults = Map.of("port", "1", "host", "0.0.0.0");
    Config config =
        Sources.load(defaults, Optional.empty(), Map.of("FRESHET_PORT", "2000"), NOTHING);
    assertThat(config.port()).isEqualTo(2000);
    assertThat(config.host()).isEqualTo("0.0.0.0");
  }

  @Test
  void variable_unknown_isRefused_R2() {
    assertThatThrownBy(
            () -> Sources.load(Optional.empty(), Map.of("FRESHET_STREAM_HARTBEAT", "1s"), NOTHING))
        .hasMessage(
            "FRESHET_STREAM_HARTBEAT: unknown variable; did you mean 'FRESHET_STREAM_HEARTBEAT'?");
  }

  @Test
  void variable_ofTheStartScriptOrKubernetes_isLeftAlone_R2() {
    Map<String, String> environment =
        Map.of(
            "FRESHET_TOKEN",
            "x",
            "FRESHET_SERVICE_HOST",
            "10.0.0.1",
            "FRESHET_PORT_8080_TCP",
            "tcp://10.0.0.1:8080");
    assertThat(Sources.load(Optional.empty(), environment, NOTHING)).isEqualTo(Config.of(NOTHING));
  }

  @Test
  void file_missingOrBroken_isNamed_R2() throws IOException {
    Path missing = directory.resolve("none.yaml");
    assertThatThrownBy(() -> Sources.load(Optional.of(missing), NOTHING, NOTHING))
        .hasMessage("--config: no file '" + missing + "'");
    Path broken = file("port: [1\n");
    assertThatThrownBy(() -> Sources.load(Optional.of(broken), NOTHING, NOTHING))
        .isInstanceOf(ConfigException.class)
        .hasMessage(broken + ": line 1, column 9 is not YAML; check what stands there");
    assertThatThrownBy(() -> Sources.load(Optional.of(directory), NOTHING, NOTHING))
        .hasMessageStartingWith(directory + ": cannot be read (");
    Path list = file("- port\n");
    assertThatThrownBy(() -> Sources.load(Optional.of(list), NOTHING, NOTHING))
        .hasMessage(list + ": not a mapping of keys to values");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "short|auth.secret: a secret of 5 bytes; allowed are at least 32",
        "changemechangemechangemechangeme|auth.secret: a secret that can be guessed; make one with 'openssl rand -base64 48'",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|auth.secret: a secret that can be guessed; make one with 'openssl rand -base64 48'",
      })
  void secret_thatCanBeGuessed_isRefusedWithoutRepeatingIt_A4(String secret, String message) {
    assertThatThrownBy(() -> Config.of(Map.of("auth.secret", secret))).hasMessage(message);
  }

  @Test
  void production_withoutSecretOrKeys_refusesToStart_A4() {
    assertThatThrownBy(() -> Config.of(Map.of("mode", "production")))
        .hasMessage(
            "auth.secret: not set; in production set auth.secret, auth.secret-file or auth.jwks-url");
    assertThat(
            Config.of(Map.of("mode", "production", "auth.jwks-url", "https://issuer.example/keys"))
                .mode())
        .isEqualTo(Config.Mode.PRODUCTION);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "config", ".yaml"), text);
  }
}

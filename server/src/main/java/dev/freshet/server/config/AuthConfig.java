package dev.freshet.server.config;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tokens (PROTOCOL §6). */
public record AuthConfig(
    @Setting(
            value = "",
            secret = true,
            says =
                "secret of HS256 tokens, at least 32 bytes; empty: `auth.secret-file`, or in development a random one")
        String secret,
    @Setting(value = "", says = "file that holds the secret") String secretFile,
    @Setting(
            value = "",
            secret = true,
            says = "URL of the keys (JWKS) of RS256, ES256 and EdDSA tokens")
        String jwksUrl,
    @Setting(
            value = "HS256,RS256,ES256,EdDSA",
            says =
                "algorithms that are accepted; those without a key are not, whatever stands here")
        List<Algorithm> algorithms,
    @Setting(value = "freshet", says = "the issuer (`iss`) that tokens must name") String issuer,
    @Setting(value = "freshet", says = "the audience (`aud`) that tokens must name")
        String audience,
    @Setting(
            value = "5s",
            min = "0s",
            max = "5m",
            says =
                "how far the issuer's clock may be off; a token is good for this long after `exp`")
        Duration leeway,
    @Setting(
            value = "5m",
            min = "10s",
            max = "24h",
            says = "how long fetched keys are used before they are fetched again")
        Duration jwksCache,
    @Setting(
            value = "30s",
            min = "1s",
            max = "1h",
            says = "keys are fetched at most this often, also when a token names an unknown one")
        Duration jwksInterval,
    @Setting(
            value = "12h",
            min = "1m",
            max = "30d",
            says = "how long a session from a login code lasts")
        Duration session,
    @Setting(value = "1h", min = "1s", max = "24h", says = "how long a login code can be used")
        Duration loginCode,
    @Setting(
            value = "10",
            min = "1",
            max = "10000",
            says =
                "wrong login codes a minute from one address, before more of it are refused; behind a proxy that is all clients together")
        int loginGuesses,
    @Setting(
            value = "auto",
            says = "whether the session cookie is sent over HTTPS only; `auto`: in production")
        SecureCookie secureCookie) {

  private static final int MIN_SECRET = 32;
  private static final Set<String> KNOWN =
      Set.of("secret", "changeme", "change-me", "password", "freshet");

  public AuthConfig {
    algorithms = List.copyOf(algorithms);
    if (issuer.isBlank())
      throw ConfigException.value("auth.issuer", issuer, "name the issuer of your tokens");
    if (audience.isBlank())
      throw ConfigException.value("auth.audience", audience, "name this server as tokens do");
    if (!secret.isEmpty()) checkSecret("auth.secret", secret);
    if (jwksInterval.compareTo(jwksCache) >= 0) {
      throw ConfigException.value(
          "auth.jwks-interval",
          Durations.text(jwksInterval),
          "allowed is less than auth.jwks-cache, " + Durations.text(jwksCache));
    }
    if (!jwksUrl.isEmpty() && !jwksUrl.matches("https?://\\S+")) {
      throw ConfigException.value("auth.jwks-url", jwksUrl, "allowed is an http or https URL");
    }
  }

  /** Signature algorithms that tokens may have. */
  public enum Algorithm {
    HS256,
    RS256,
    ES256,
    EDDSA
  }

  /** When the session cookie has the attribute {@code Secure}. */
  public enum SecureCookie {
    AUTO,
    ALWAYS,
    NEVER
  }

  void check(Config.Mode mode) {
    boolean none = secret.isEmpty() && secretFile.isEmpty() && jwksUrl.isEmpty();
    if (mode == Config.Mode.PRODUCTION && none) {
      throw new ConfigException(
          "auth.secret: not set; in production set auth.secret, auth.secret-file or auth.jwks-url");
    }
  }

  /** Refuses a secret that can be guessed; the message does not repeat it. */
  public static void checkSecret(String key, String secret) {
    int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < MIN_SECRET) {
      throw new ConfigException(
          key + ": a secret of " + bytes + " bytes; allowed are at least " + MIN_SECRET);
    }
    boolean guessable =
        KNOWN.stream().anyMatch(k -> secret.toLowerCase(Locale.ROOT).replace(k, "").length() < 8);
    if (guessable || secret.chars().distinct().count() < 8) {
      throw new ConfigException(
          key + ": a secret that can be guessed; make one with 'openssl rand -base64 48'");
    }
  }
}

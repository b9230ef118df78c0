package dev.freshet.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.freshet.server.config.AuthConfig;
import dev.freshet.server.config.Config;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokens that an issuer could make, good and bad. */
final class Tokens {
  static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
  static final byte[] SECRET =
      "0123456789 0123456789 abcdefghij KLMNOP".getBytes(StandardCharsets.UTF_8);

  private Tokens() {}

  static AuthConfig config(String... settings) {
    java.util.Map<String, String> all = new java.util.HashMap<>();
    for (int i = 0; i < settings.length; i += 2) all.put(settings[i], settings[i + 1]);
    return Config.of(all).auth();
  }

  /** Claims that are accepted. */
  static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("freshet")
        .audience("freshet")
        .subject("me")
        .jwtID("t1")
        .issueTime(Date.from(NOW.minusSeconds(60)))
        .expirationTime(Date.from(NOW.plusSeconds(60)))
        .claim(
            "freshet", Map.of("tenant", "acme", "read", List.of("a/**"), "write", List.of("a/b")));
  }

  static String signed(
      JWSAlgorithm algorithm, @Nullable String keyId, JWSSigner signer, JWTClaimsSet claims)
      throws JOSEException {
    SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
    token.sign(signer);
    return token.serialize();
  }
}

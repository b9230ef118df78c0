package dev.freshet.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.freshet.server.config.AuthConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

/** Makes HS256 tokens of this server's own. Thread-safe. */
public final class TokenIssuer {
  private final byte[] secret;
  private final AuthConfig config;
  private final InstantSource clock;

  public TokenIssuer(byte[] secret, AuthConfig config, InstantSource clock) {
    this.secret = secret.clone();
    this.config = config;
    this.clock = clock;
  }

  public String issue(Identity identity, Duration ttl) {
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(config.issuer())
            .audience(config.audience())
            .subject(identity.subject())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(ttl)))
            .jwtID(UUID.randomUUID().toString())
            .claim(
                "freshet",
                Map.of(
                    "tenant",
                    identity.tenant(),
                    "read",
                    identity.read(),
                    "write",
                    identity.write()))
            .build();
    try {
      SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
      token.sign(new MACSigner(secret));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}

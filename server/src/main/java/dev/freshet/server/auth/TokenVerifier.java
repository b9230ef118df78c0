package dev.freshet.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import dev.freshet.access.Principal;
import dev.freshet.server.config.AuthConfig;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says whom a token speaks for (PROTOCOL §6). Thread-safe; may block to fetch keys. */
public final class TokenVerifier {
  private final AuthConfig config;
  private final Keys keys;
  private final InstantSource clock;

  /**
   * A crowd that reconnects shows the same tokens again; a withdrawn key counts this much longer.
   */
  private final Cache<String, Principal> recent =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofSeconds(10)).build();

  public TokenVerifier(AuthConfig config, Optional<byte[]> secret, InstantSource clock) {
    this.config = config;
    this.keys = new Keys(config, secret);
    this.clock = clock;
  }

  /**
   * @throws AuthException if the token is not good, now
   */
  public Principal verify(String token) {
    Principal known = recent.getIfPresent(token);
    if (known != null && clock.instant().isBefore(known.expiresAt())) return known;
    Principal verified = check(token);
    recent.put(token, verified);
    return verified;
  }

  private Principal check(String token) {
    try {
      if (!(JWTParser.parse(token) instanceof SignedJWT signed))
        throw unsigned(JWTParser.parse(token));
      if (!keys.good(signed)) {
        throw new AuthException(
            Refusal.SIGNATURE, "the token's signature does not verify; get one from the issuer");
      }
      JWTClaimsSet claims = signed.getJWTClaimsSet();
      checkIssuer(claims);
      return Claims.principal(claims, checkTimes(claims));
    } catch (ParseException e) {
      throw new AuthException(
          Refusal.MALFORMED, "the token is not a JWT; send 'Authorization: Bearer' and a JWT");
    }
  }

  private static AuthException unsigned(JWT token) {
    return new AuthException(
        Refusal.ALGORITHM,
        "the token is not signed (algorithm " + token.getHeader().getAlgorithm() + ")");
  }

  private void checkIssuer(JWTClaimsSet claims) {
    if (!config.issuer().equals(claims.getIssuer())) {
      throw new AuthException(
          Refusal.ISSUER, "the token's issuer is not '" + config.issuer() + "'");
    }
    if (!claims.getAudience().contains(config.audience())) {
      throw new AuthException(
          Refusal.AUDIENCE, "the token's audience is not '" + config.audience() + "'");
    }
  }

  /** Gives back the instant from which the token is refused. */
  private Instant checkTimes(JWTClaimsSet claims) {
    Instant now = clock.instant();
    if (claims.getExpirationTime() == null) {
      throw new AuthException(Refusal.CLAIMS, "the token has no 'exp'; tokens need an end");
    }
    Instant end = claims.getExpirationTime().toInstant().plus(config.leeway());
    if (!now.isBefore(end)) {
      throw new AuthException(
          Refusal.EXPIRED,
          "the token expired at " + claims.getExpirationTime().toInstant() + "; get a fresh one");
    }
    if (later(claims.getNotBeforeTime(), now) || later(claims.getIssueTime(), now)) {
      throw new AuthException(Refusal.NOT_YET, "the token is not valid yet; is a clock wrong?");
    }
    return end;
  }

  private boolean later(@Nullable Date date, Instant now) {
    return date != null && date.toInstant().isAfter(now.plus(config.leeway()));
  }
}

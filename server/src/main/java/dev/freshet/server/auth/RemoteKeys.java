package dev.freshet.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.SignedJWT;
import dev.freshet.server.config.AuthConfig;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Public keys of an issuer, from its JWKS URL: cached, fetched again when they are old or a token
 * names an unknown one, but not more often than configured; while the issuer is away the last keys
 * stay good.
 */
final class RemoteKeys {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);
  private static final int TIMEOUT_MS = 3_000;
  private static final int MAX_BYTES = 512 << 10;
  private static final long OUTAGE_MS = 12 * 3_600_000L;

  private final JWKSource<SecurityContext> source;

  RemoteKeys(AuthConfig config) {
    this.source =
        JWKSourceBuilder.<SecurityContext>create(
                url(config.jwksUrl()),
                new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, MAX_BYTES))
            .cache(config.jwksCache().toMillis(), 2L * TIMEOUT_MS)
            .refreshAheadCache(false)
            .rateLimited(config.jwksInterval().toMillis())
            .outageTolerant(OUTAGE_MS)
            .build();
  }

  boolean good(SignedJWT token) {
    for (JWK key : keys(token)) {
      if (verifies(key, token)) return true;
    }
    return false;
  }

  private List<JWK> keys(SignedJWT token) {
    try {
      return source.get(new JWKSelector(JWKMatcher.forJWSHeader(token.getHeader())), null);
    } catch (RateLimitReachedException e) {
      return List.of();
    } catch (KeySourceException e) {
      LOG.warn("the issuer's keys cannot be had: {}", e.getMessage());
      throw new AuthException(
          Refusal.KEYS_UNAVAILABLE, "the issuer's keys cannot be had at the moment; try again");
    }
  }

  private static boolean verifies(JWK key, SignedJWT token) {
    try {
      JWSVerifier verifier =
          switch (key) {
            case RSAKey rsa -> new RSASSAVerifier(rsa);
            case ECKey ec -> new ECDSAVerifier(ec);
            case OctetKeyPair ed -> new Ed25519Verifier(ed);
            default -> throw new JOSEException("a key of type " + key.getKeyType());
          };
      return token.verify(verifier);
    } catch (JOSEException e) {
      LOG.debug("key '{}' does not fit: {}", key.getKeyID(), e.getMessage());
      return false;
    }
  }

  private static URL url(String text) {
    try {
      return URI.create(text).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}

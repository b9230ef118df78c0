package dev.freshet.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.freshet.server.config.AuthConfig;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys by algorithm. The algorithm of a token only chooses among those that are allowed and
 * have keys of their own kind: a public key is never taken for a secret, and {@code none} is no
 * algorithm.
 */
final class Keys {
  private final Map<AuthConfig.Algorithm, Predicate<SignedJWT>> checks =
      new EnumMap<>(AuthConfig.Algorithm.class);

  Keys(AuthConfig config, Optional<byte[]> secret) {
    secret.ifPresent(s -> checks.put(AuthConfig.Algorithm.HS256, token -> hmac(s, token)));
    if (!config.jwksUrl().isEmpty()) {
      RemoteKeys remote = new RemoteKeys(config);
      checks.put(AuthConfig.Algorithm.RS256, remote::good);
      checks.put(AuthConfig.Algorithm.ES256, remote::good);
      checks.put(AuthConfig.Algorithm.EDDSA, remote::good);
    }
    checks.keySet().retainAll(config.algorithms());
  }

  /**
   * @throws AuthException if the algorithm is not allowed, or its keys cannot be had
   */
  boolean good(SignedJWT token) {
    Predicate<SignedJWT> check = checks.get(algorithm(token.getHeader().getAlgorithm()));
    if (check == null) {
      throw new AuthException(
          Refusal.ALGORITHM,
          "the token's algorithm is not accepted; sign it with one of " + accepted());
    }
    return check.test(token);
  }

  /** As the header {@code alg} spells them. */
  private String accepted() {
    return checks.keySet().stream()
        .map(a -> a == AuthConfig.Algorithm.EDDSA ? "EdDSA" : a.name())
        .collect(Collectors.joining(", "));
  }

  private static AuthConfig.@Nullable Algorithm algorithm(JWSAlgorithm algorithm) {
    return switch (algorithm.getName()) {
      case "HS256" -> AuthConfig.Algorithm.HS256;
      case "RS256" -> AuthConfig.Algorithm.RS256;
      case "ES256" -> AuthConfig.Algorithm.ES256;
      case "EdDSA", "Ed25519" -> AuthConfig.Algorithm.EDDSA;
      default -> null;
    };
  }

  private static boolean hmac(byte[] secret, SignedJWT token) {
    try {
      return token.verify(new MACVerifier(secret));
    } catch (JOSEException e) {
      return false;
    }
  }
}

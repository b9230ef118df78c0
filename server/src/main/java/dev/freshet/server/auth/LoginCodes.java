package dev.freshet.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.freshet.server.config.AuthConfig;
import io.github.bucket4j.Bucket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;

/**
 * One-time codes that begin a session (PROTOCOL §6): random, short-lived, used once. Thread-safe;
 * in memory only.
 */
public final class LoginCodes {
  private static final int RANDOM_BYTES = 16;
  private static final int MAX_CODES = 10_000;
  private static final int MAX_PEERS = 100_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SecureRandom random = new SecureRandom();
  private final Cache<String, Identity> codes;
  private final Cache<String, Bucket> guesses;
  private final int guessesAMinute;

  public LoginCodes(AuthConfig config) {
    this.codes =
        Caffeine.newBuilder().maximumSize(MAX_CODES).expireAfterWrite(config.loginCode()).build();
    this.guesses =
        Caffeine.newBuilder()
            .maximumSize(MAX_PEERS)
            .expireAfterAccess(MINUTE.multipliedBy(2))
            .build();
    this.guessesAMinute = config.loginGuesses();
  }

  /** A code that lets whoever shows it first in as this identity. */
  public String create(Identity identity) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    codes.put(code, identity);
    return code;
  }

  /**
   * Uses a code up.
   *
   * @throws AuthException if there is no such code, or the peer has guessed too often
   */
  public Identity redeem(String code, String remoteAddress) {
    Bucket bucket = guesses.get(remoteAddress, a -> newBucket());
    if (bucket.getAvailableTokens() == 0) {
      throw new AuthException(
          Refusal.TOO_MANY_GUESSES,
          "more than "
              + guessesAMinute
              + " wrong codes a minute from your address (auth.login-guesses); wait a minute");
    }
    Identity identity = codes.asMap().remove(code);
    if (identity != null) return identity;
    bucket.tryConsume(1);
    throw new AuthException(
        Refusal.CODE, "no such login code, or it was used or is too old; make a new one");
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(l -> l.capacity(guessesAMinute).refillGreedy(guessesAMinute, MINUTE))
        .build();
  }
}

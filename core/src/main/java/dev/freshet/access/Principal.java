package dev.freshet.access;

import java.time.Instant;

/**
 * Who is asking: one subject of one tenant, as its token says.
 *
 * @param tokenId the token's {@code jti}; empty if it has none
 * @param issuedAt when the token was made; {@link Instant#EPOCH} if it does not say
 * @param expiresAt the end of its validity, enforced on open streams too (A2)
 */
public record Principal(
    String tenant,
    String subject,
    String tokenId,
    Grant read,
    Grant write,
    Instant issuedAt,
    Instant expiresAt) {
  /**
   * A principal inside this process that may do everything in the tenant, reserved topics aside,
   * and never expires.
   */
  public static Principal embedded(String tenant) {
    return new Principal(
        tenant, "embedded", "", Grant.of("**"), Grant.of("**"), Instant.EPOCH, Instant.MAX);
  }
}

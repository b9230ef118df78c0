package dev.freshet.server.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.freshet.access.Grant;
import dev.freshet.access.Principal;
import dev.freshet.event.InvalidTopicException;
import dev.freshet.event.TopicPattern;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The claims that name a principal. */
final class Claims {
  /** Tenants name directories and metrics. */
  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

  private static final int MAX_TEXT = 256;
  private static final int MAX_PATTERNS = 1000;

  private Claims() {}

  /**
   * @param expiresAt from when on the principal is refused
   */
  static Principal principal(JWTClaimsSet claims, Instant expiresAt) throws ParseException {
    if (!(claims.getClaim("freshet") instanceof Map<?, ?> freshet)) {
      throw wrong("has no claim 'freshet' with tenant, read and write");
    }
    if (!(freshet.get("tenant") instanceof String tenant) || !TENANT.matcher(tenant).matches()) {
      throw wrong("names no tenant of 1 to 64 letters, digits and _ . -");
    }
    return new Principal(
        tenant,
        text("sub", claims.getSubject()),
        claims.getJWTID() == null ? "" : text("jti", claims.getJWTID()),
        grant("read", freshet.get("read")),
        grant("write", freshet.get("write")),
        claims.getIssueTime() == null ? Instant.EPOCH : claims.getIssueTime().toInstant(),
        expiresAt);
  }

  private static String text(String claim, @Nullable String value) {
    boolean good =
        value != null
            && !value.isEmpty()
            && value.length() <= MAX_TEXT
            && value.chars().noneMatch(Character::isISOControl);
    if (value == null || !good) {
      throw wrong(
          "needs '"
              + claim
              + "' of 1 to "
              + MAX_TEXT
              + " characters, none of them a control character");
    }
    return value;
  }

  private static Grant grant(String claim, @Nullable Object patterns) {
    if (patterns == null) return Grant.NONE;
    if (!(patterns instanceof List<?> list) || list.size() > MAX_PATTERNS) {
      throw wrong(
          "needs 'freshet." + claim + "' as a list of at most " + MAX_PATTERNS + " topic patterns");
    }
    try {
      return new Grant(list.stream().map(p -> TopicPattern.of(String.valueOf(p))).toList());
    } catch (InvalidTopicException e) {
      throw wrong("has in 'freshet." + claim + "' what is no pattern: " + e.getMessage());
    }
  }

  private static AuthException wrong(String detail) {
    return new AuthException(Refusal.CLAIMS, "the token " + detail);
  }
}

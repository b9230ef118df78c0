package dev.freshet.server.auth;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.freshet.access.Principal;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a subject that were issued until a time, or one token.
 *
 * @param subject null if it is one token's
 * @param tokenId null if it is a subject's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Revocation(@Nullable String subject, @Nullable String tokenId, Instant until) {
  static final TopicPattern ALL = TopicPattern.of("$freshet/revocations/**");

  boolean matches(Principal principal) {
    return subject != null
        ? subject.equals(principal.subject()) && !principal.issuedAt().isAfter(until)
        : principal.tokenId().equals(tokenId);
  }

  Topic topic() {
    return subject != null ? subjectTopic(subject) : tokenTopic(String.valueOf(tokenId));
  }

  static Topic subjectTopic(String subject) {
    return Topic.of("$freshet/revocations/subjects/" + hash(subject));
  }

  static Topic tokenTopic(String tokenId) {
    return Topic.of("$freshet/revocations/tokens/" + hash(tokenId));
  }

  /** Subjects may have characters that topics may not. */
  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

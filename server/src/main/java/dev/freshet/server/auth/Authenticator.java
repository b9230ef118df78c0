package dev.freshet.server.auth;

import dev.freshet.access.Principal;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Lets requests in. Thread-safe; may block. */
public final class Authenticator {
  private static final Set<String> TOKEN_PARAMETERS =
      Set.of("token", "access_token", "authorization", "jwt");
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  private final TokenVerifier verifier;
  private final Revocations revocations;
  private final Origins origins;

  public Authenticator(TokenVerifier verifier, Revocations revocations, Origins origins) {
    this.verifier = verifier;
    this.revocations = revocations;
    this.origins = origins;
  }

  /**
   * A token in a URL ends up in logs and histories: refused whatever the route (A4).
   *
   * @throws AuthException if there is one
   */
  public static void refuseTokens(Map<String, List<String>> query) {
    for (String name : query.keySet()) {
      if (TOKEN_PARAMETERS.contains(name.toLowerCase(Locale.ROOT))) {
        throw new AuthException(
            Refusal.TOKEN_IN_URL,
            "the URL has a parameter '"
                + name
                + "'; send 'Authorization: Bearer', and make that token invalid if it was real");
      }
    }
  }

  /**
   * Whom the request speaks for.
   *
   * @throws AuthException if it shows nothing that lets it in
   */
  public Authenticated authenticate(String method, HttpHeaders headers) {
    Credential credential =
        Credential.of(headers)
            .orElseThrow(() ->
                new AuthException(
                    Refusal.MISSING, "a token is needed; send 'Authorization: Bearer' and a JWT"));
    Principal principal = verifier.verify(credential.token());
    if (revocations.revoked(principal)) {
      throw new AuthException(Refusal.REVOKED, "the token was revoked; get a fresh one");
    }
    if (credential.cookie() && !READS.contains(method)) origins.checkWrite(headers);
    return new Authenticated(principal, credential.token());
  }

  /**
   * Who was let in.
   *
   * @param token that did it
   */
  public record Authenticated(Principal principal, String token) {}
}

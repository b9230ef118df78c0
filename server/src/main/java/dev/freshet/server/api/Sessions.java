package dev.freshet.server.api;

import dev.freshet.access.Grant;
import dev.freshet.access.Principal;
import dev.freshet.event.TopicPattern;
import dev.freshet.server.auth.Authenticator;
import dev.freshet.server.auth.Authenticator.Authenticated;
import dev.freshet.server.auth.LoginCodes;
import dev.freshet.server.auth.SessionCookie;
import dev.freshet.server.auth.TokenIssuer;
import dev.freshet.server.auth.TokenVerifier;
import dev.freshet.server.config.AuthConfig;
import dev.freshet.server.http.Answer;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code /v1/session} (A4). */
final class Sessions {
  private final AuthConfig config;
  private final Authenticator authenticator;
  private final TokenVerifier verifier;
  private final LoginCodes codes;
  private final Optional<TokenIssuer> issuer;
  private final SessionCookie cookie;
  private final InstantSource clock;

  Sessions(
      AuthConfig config,
      Authenticator authenticator,
      TokenVerifier verifier,
      LoginCodes codes,
      Optional<TokenIssuer> issuer,
      SessionCookie cookie,
      InstantSource clock) {
    this.config = config;
    this.authenticator = authenticator;
    this.verifier = verifier;
    this.codes = codes;
    this.issuer = issuer;
    this.cookie = cookie;
    this.clock = clock;
  }

  private record Session(
      String tenant, String subject, List<String> read, List<String> write, Instant expiresAt) {}

  /** A bearer token, or a login code, becomes the cookie. */
  Answer begin(Request request) {
    Authenticated who =
        request.json() == null
            ? authenticator.authenticate("POST", request.head().headers())
            : redeem(request.body().path("code").asString(), request.head().remoteAddress());
    Duration life = Duration.between(clock.instant(), who.principal().expiresAt());
    return describe(who.principal()).with("set-cookie", cookie.begin(who.token(), life));
  }

  private Authenticated redeem(String code, String remoteAddress) {
    TokenIssuer own =
        issuer.orElseThrow(() ->
            HttpProblem.of(
                ErrorCode.FORBIDDEN,
                "this server issues no tokens; send a bearer token instead of a code"));
    String token = own.issue(codes.redeem(code, remoteAddress), config.session());
    return new Authenticated(verifier.verify(token), token);
  }

  Answer read(Request request) {
    return describe(request.principal());
  }

  Answer end(Request request) {
    return Answer.empty(204).with("set-cookie", cookie.end());
  }

  private Answer describe(Principal principal) {
    return Answer.json(
        200,
        new Session(
            principal.tenant(),
            principal.subject(),
            patterns(principal.read()),
            patterns(principal.write()),
            principal.expiresAt().minus(config.leeway())));
  }

  private static List<String> patterns(Grant grant) {
    return grant.patterns().stream().map(TopicPattern::path).toList();
  }
}

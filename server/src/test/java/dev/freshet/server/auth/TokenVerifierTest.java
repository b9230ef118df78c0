package dev.freshet.server.auth;

import static dev.freshet.server.auth.Tokens.NOW;
import static dev.freshet.server.auth.Tokens.SECRET;
import static dev.freshet.server.auth.Tokens.claims;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.freshet.access.Grant;
import dev.freshet.access.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenVerifierTest {
  private final TokenVerifier verifier = verifier();

  private static TokenVerifier verifier(String... settings) {
    return new TokenVerifier(
        Tokens.config(settings), Optional.of(SECRET), InstantSource.fixed(NOW));
  }

  private static String hs256(JWTClaimsSet.Builder claims) throws JOSEException {
    return Tokens.signed(JWSAlgorithm.HS256, null, new MACSigner(SECRET), claims.build());
  }

  private Refusal refusal(String token) {
    AuthException refused = catchThrowableOfType(AuthException.class, () -> verifier.verify(token));
    assertThat(refused).as("accepted %s", token).isNotNull();
    return refused.refusal();
  }

  @Test
  void token_good_namesThePrincipal_A4() throws JOSEException {
    assertThat(verifier.verify(hs256(claims())))
        .isEqualTo(
            new Principal(
                "acme",
                "me",
                "t1",
                Grant.of("a/**"),
                Grant.of("a/b"),
                NOW.minusSeconds(60),
                NOW.plusSeconds(65)));
  }

  @Test
  void token_signedByAnotherSecret_isRefused_A4() throws JOSEException {
    byte[] other = SECRET.clone();
    other[0]++;
    String token = Tokens.signed(JWSAlgorithm.HS256, null, new MACSigner(other), claims().build());
    assertThat(refusal(token)).isEqualTo(Refusal.SIGNATURE);
  }

  @Test
  void token_changedAfterSigning_isRefused_A4() throws JOSEException {
    String[] parts = hs256(claims()).split("\\.", -1);
    String other = hs256(claims().subject("root")).split("\\.", -1)[1];
    assertThat(refusal(parts[0] + "." + other + "." + parts[2])).isEqualTo(Refusal.SIGNATURE);
  }

  @Test
  void token_withoutSignature_isRefused_A4() throws JOSEException {
    assertThat(refusal(new PlainJWT(claims().build()).serialize())).isEqualTo(Refusal.ALGORITHM);
    String signed = hs256(claims());
    assertThat(refusal(signed.substring(0, signed.lastIndexOf('.') + 1)))
        .isIn(Refusal.SIGNATURE, Refusal.MALFORMED);
  }

  @Test
  void token_withAnAlgorithmThatIsNotAllowed_isRefused_A4() throws JOSEException {
    byte[] longer = new byte[64];
    System.arraycopy(SECRET, 0, longer, 0, SECRET.length);
    String token = Tokens.signed(JWSAlgorithm.HS512, null, new MACSigner(longer), claims().build());
    assertThat(refusal(token)).isEqualTo(Refusal.ALGORITHM);
  }

  @Test
  void token_ofAnAlgorithmTakenFromTheList_isRefused_A4() throws JOSEException {
    TokenVerifier noSecrets = verifier("auth.algorithms", "RS256,ES256");
    AuthException refused =
        catchThrowableOfType(AuthException.class, () -> noSecrets.verify(hs256(claims())));
    assertThat(refused.refusal()).isEqualTo(Refusal.ALGORITHM);
  }

  @Test
  void token_afterItsEnd_isGoodForTheLeewayOnly_A2() throws JOSEException {
    assertThat(verifier.verify(hs256(claims().expirationTime(at(-4)))).expiresAt())
        .isEqualTo(NOW.plusSeconds(1));
    assertThat(refusal(hs256(claims().expirationTime(at(-5))))).isEqualTo(Refusal.EXPIRED);
  }

  @Test
  void token_verifiedBefore_isRefusedFromItsEndOn_A2() throws JOSEException {
    Instant[] now = {NOW};
    TokenVerifier moving = new TokenVerifier(Tokens.config(), Optional.of(SECRET), () -> now[0]);
    String token = hs256(claims());
    assertThat(moving.verify(token)).isSameAs(moving.verify(token));
    now[0] = NOW.plusSeconds(65);
    AuthException refused = catchThrowableOfType(AuthException.class, () -> moving.verify(token));
    assertThat(refused.refusal()).isEqualTo(Refusal.EXPIRED);
  }

  static Stream<Arguments> badClaims() {
    return Stream.of(
        arguments(claims().issuer("other"), Refusal.ISSUER),
        arguments(claims().issuer(null), Refusal.ISSUER),
        arguments(claims().audience("other"), Refusal.AUDIENCE),
        arguments(claims().audience((String) null), Refusal.AUDIENCE),
        arguments(claims().expirationTime(null), Refusal.CLAIMS),
        arguments(claims().expirationTime(at(-3600)), Refusal.EXPIRED),
        arguments(claims().notBeforeTime(at(60)), Refusal.NOT_YET),
        arguments(claims().issueTime(at(60)), Refusal.NOT_YET),
        arguments(claims().subject(null), Refusal.CLAIMS),
        arguments(claims().subject(""), Refusal.CLAIMS),
        arguments(claims().subject("a\r\nb"), Refusal.CLAIMS),
        arguments(claims().subject("x".repeat(257)), Refusal.CLAIMS),
        arguments(claims().jwtID("a\u0000b"), Refusal.CLAIMS),
        arguments(claims().claim("freshet", null), Refusal.CLAIMS),
        arguments(claims().claim("freshet", "acme"), Refusal.CLAIMS),
        arguments(claims().claim("freshet", Map.of()), Refusal.CLAIMS),
        arguments(claims().claim("freshet", Map.of("tenant", "")), Refusal.CLAIMS),
        arguments(claims().claim("freshet", Map.of("tenant", "../other")), Refusal.CLAIMS),
        arguments(claims().claim("freshet", Map.of("tenant", "t".repeat(65))), Refusal.CLAIMS),
        arguments(claims().claim("freshet", Map.of("tenant", "t", "read", "**")), Refusal.CLAIMS),
        arguments(
            claims().claim("freshet", Map.of("tenant", "t", "read", List.of("a/**/b"))),
            Refusal.CLAIMS),
        arguments(
            claims().claim("freshet", Map.of("tenant", "t", "write", List.of(7, "a b"))),
            Refusal.CLAIMS));
  }

  @ParameterizedTest
  @MethodSource("badClaims")
  void token_withBadClaims_isRefused_A4(JWTClaimsSet.Builder claims, Refusal refusal)
      throws JOSEException {
    assertThat(refusal(hs256(claims))).isEqualTo(refusal);
  }

  @Test
  void token_withoutGrants_mayDoNothing_A1() throws JOSEException {
    Principal principal =
        verifier.verify(hs256(claims().claim("freshet", Map.of("tenant", "acme"))));
    assertThat(principal.read()).isEqualTo(Grant.NONE);
    assertThat(principal.write()).isEqualTo(Grant.NONE);
  }

  @ParameterizedTest
  @MethodSource("notTokens")
  void text_thatIsNoToken_isRefused_A4(String text) {
    assertThat(refusal(text)).isEqualTo(Refusal.MALFORMED);
  }

  static List<String> notTokens() {
    return List.of(
        "",
        ".",
        "..",
        "...",
        "a.b.c",
        "null",
        "{}",
        "eyJhbGciOiJIUzI1NiJ9..",
        "e30.e30.e30",
        "🙂.🙂.🙂");
  }

  private static Date at(int seconds) {
    return Date.from(NOW.plusSeconds(seconds));
  }
}
